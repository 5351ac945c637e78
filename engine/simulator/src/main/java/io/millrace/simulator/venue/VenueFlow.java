// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import io.millrace.simulator.ItchWriter;
import io.millrace.simulator.OrderFlow;
import io.millrace.simulator.SimulatedBooks;
import io.millrace.simulator.iex.IexOrigin;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/**
 * A venue's messages as it sends them: the flow with its bursts and its clock's step, cut into
 * sessions. A session after the first begins with all that is open, one message each microsecond.
 * The same options give the same messages, so that a second one can follow the first on another
 * thread. Owned by one thread.
 */
final class VenueFlow implements IexOrigin {
    private static final long SNAPSHOT_MESSAGE_NS = 1_000L;
    private static final long LATEST_NS = 86_399_999_999_999L;

    private final OrderFlow flow;
    private final PacingContext pacing;
    private final List<BurstClock> bursts = new ArrayList<>();
    private final StateMessages state = new StateMessages();
    private final SnapshotCursor snapshot;
    private final ItchWriter restamper = new ItchWriter();
    private long startNs = -1;
    private long timeNs;
    private long sessionMessages;
    private long messages;
    private boolean isRestartDue;
    private int session = 1;
    private boolean isTellingSnapshot;

    /** @param flow the day, at its start */
    VenueFlow(OrderFlow flow, PacingContext pacing) {
        this.flow = flow.times(this::sendTimeNs, this::stampNs);
        this.pacing = pacing;
        pacing.bursts().forEach(burst -> bursts.add(new BurstClock(burst)));
        snapshot = new SnapshotCursor(state, flow.books());
    }

    @Override
    public int next(MutableDirectBuffer buffer, int offset) {
        int length = isTellingSnapshot ? nextOfSnapshot(buffer, offset) : 0;
        if (length == 0) {
            length = isRestartDue ? 0 : nextOfFlow(buffer, offset);
        }
        if (length > 0) {
            sessionMessages++;
            messages++;
        }
        return length;
    }

    @Override
    public long timeNs() {
        return timeNs;
    }

    @Override
    public SimulatedBooks books() {
        return flow.books();
    }

    @Override
    public boolean isInEvent() {
        return !isTellingSnapshot && flow.isInEvent();
    }

    /** The session's place in the day, from 1. */
    @Override
    public int session() {
        return session;
    }

    /** A datagram was built. */
    void onDatagram() {
        for (int i = 0; i < bursts.size(); i++) {
            bursts.get(i).onDatagram();
        }
    }

    /** Begins another session; false when the day is over. */
    boolean beginNextSession() {
        if (!isRestartDue) {
            return false;
        }
        isRestartDue = false;
        session++;
        isTellingSnapshot = true;
        sessionMessages = 0;
        snapshot.begin();
        return true;
    }

    /** True while a session begins with what was open in the one before. */
    boolean isTellingSnapshot() {
        return isTellingSnapshot;
    }

    /** Messages given since the session began: the number of the last one. */
    long sessionMessages() {
        return sessionMessages;
    }

    /** Messages given in all sessions. */
    long messages() {
        return messages;
    }

    OrderFlow flow() {
        return flow;
    }

    /** A cursor over the state after the last message; the flow must stand still for it. */
    SnapshotCursor newSnapshot() {
        return new SnapshotCursor(state, flow.books());
    }

    private int nextOfFlow(MutableDirectBuffer buffer, int offset) {
        int length = flow.next(buffer, offset);
        if (length == 0) {
            return 0;
        }
        timeNs = flow.timeNs();
        state.onMessage(buffer, offset, length);
        isRestartDue = isTimeToRestart();
        return length;
    }

    private boolean isTimeToRestart() {
        return session == 1 && pacing.restartAtNs() != PacingContext.NEVER
            && timeNs - startNs >= pacing.restartAtNs() && !flow.isInEvent();
    }

    private int nextOfSnapshot(MutableDirectBuffer buffer, int offset) {
        int length = snapshot.next(buffer, offset);
        isTellingSnapshot = length > 0;
        if (isTellingSnapshot) {
            timeNs = Math.min(LATEST_NS, timeNs + SNAPSHOT_MESSAGE_NS);
            restamper.restamp(buffer, offset, stampNs(timeNs));
        }
        return length;
    }

    private long sendTimeNs(long plannedNs) {
        long sendNs = plannedNs;
        for (int i = 0; i < bursts.size(); i++) {
            sendNs = bursts.get(i).sendTimeNs(sendNs);
        }
        if (startNs < 0) {
            startNs = sendNs;
        }
        return Math.max(timeNs, sendNs);
    }

    private long stampNs(long sendNs) {
        if (pacing.clockStepNs() == 0 || sendNs - startNs < pacing.clockStepAtNs()) {
            return sendNs;
        }
        return Math.max(0, Math.min(LATEST_NS, sendNs + pacing.clockStepNs()));
    }
}
