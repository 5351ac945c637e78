// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.soupbintcp;

import io.millrace.counter.PublishedCounts;

/**
 * What became of a client's connections. Owned by the ingress thread; others read it once that has
 * ended, and before only what was shown to them.
 */
public final class SoupBinTcpCounters {
    private static final int STATE = 0;
    private static final int CONNECTIONS = 1;
    private static final int SHOWN_COUNT = 2;
    private static final SoupBinTcpState[] STATES = SoupBinTcpState.values();
    private static final Disconnection[] REASONS = Disconnection.values();

    private final PublishedCounts shown = new PublishedCounts(SHOWN_COUNT);
    private final long[] disconnections = new long[REASONS.length];
    private long connections;
    private long logins;
    private long packets;
    private long sequenced;
    private long unsequenced;
    private long debugs;
    private long heartbeats;
    private long heartbeatsSent;

    void show(SoupBinTcpState state) {
        shown.set(STATE, state.ordinal());
        shown.set(CONNECTIONS, connections);
    }

    void onConnect() {
        connections++;
    }

    void onLogin() {
        logins++;
    }

    void onPacket() {
        packets++;
    }

    void onSequenced() {
        sequenced++;
    }

    void onUnsequenced() {
        unsequenced++;
    }

    void onDebug() {
        debugs++;
    }

    void onHeartbeat() {
        heartbeats++;
    }

    void onHeartbeatSent() {
        heartbeatsSent++;
    }

    void onDisconnected(Disconnection reason) {
        disconnections[reason.ordinal()]++;
    }

    /** State as shown last. Any thread. */
    public SoupBinTcpState shownState() {
        return STATES[(int) shown.get(STATE)];
    }

    /** {@link #connections()} as shown last. Any thread. */
    public long shownConnections() {
        return shown.get(CONNECTIONS);
    }

    /** Connections that were begun. */
    public long connections() {
        return connections;
    }

    /** Logins that were accepted. */
    public long logins() {
        return logins;
    }

    /** Packets of all types. */
    public long packets() {
        return packets;
    }

    /** Packets with a number. */
    public long sequenced() {
        return sequenced;
    }

    /** Messages without a number. */
    public long unsequenced() {
        return unsequenced;
    }

    /** Packets of text. */
    public long debugs() {
        return debugs;
    }

    /** Heart-beats of the server. */
    public long heartbeats() {
        return heartbeats;
    }

    /** Heart-beats to the server. */
    public long heartbeatsSent() {
        return heartbeatsSent;
    }

    /** Connections that ended for one reason. */
    public long disconnections(Disconnection reason) {
        return disconnections[reason.ordinal()];
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(128).append(connections).append(" connections, ")
            .append(logins).append(" logins, ").append(packets).append(" packets, ")
            .append(unsequenced).append(" unsequenced, ").append(debugs).append(" debug, ")
            .append(heartbeats).append(" heart-beats");
        for (Disconnection reason : REASONS) {
            if (disconnections(reason) > 0) {
                text.append("; ").append(disconnections(reason)).append(" x ")
                    .append(reason.text());
            }
        }
        return text.toString();
    }
}
