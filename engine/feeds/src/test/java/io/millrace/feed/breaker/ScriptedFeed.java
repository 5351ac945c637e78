// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.breaker;

/** A feed that is heard when the test says so. */
final class ScriptedFeed implements WatchedFeed {
    final long[] packets;
    int probes;
    boolean isWaiting;
    boolean hasEnded;
    boolean tellsOfLines;
    Runnable onProbe = () -> { };

    ScriptedFeed(int lines) {
        packets = new long[lines];
    }

    @Override
    public int lines() {
        return packets.length;
    }

    @Override
    public String lineName(int line) {
        return "line " + line;
    }

    @Override
    public long packets(int line) {
        return packets[line - 1];
    }

    @Override
    public boolean tellsOfLines() {
        return tellsOfLines;
    }

    @Override
    public long expectedSequence() {
        return 77;
    }

    @Override
    public boolean isWaiting() {
        return isWaiting;
    }

    @Override
    public boolean hasEnded() {
        return hasEnded;
    }

    @Override
    public void probe() {
        probes++;
        onProbe.run();
    }
}
