// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.page;

import io.millrace.bridge.lookup.QuoteMemory;
import io.millrace.codec.event.LineState;
import io.millrace.codec.event.LineStatusDecoder;
import io.millrace.edge.status.HoleStatus;
import io.millrace.edge.status.JournalReading;
import io.millrace.edge.status.StageTimes;
import io.millrace.edge.status.StatusLabels;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventView;
import io.millrace.instrument.Venue;
import io.millrace.journal.GapLedger;
import io.millrace.journal.GapLedger.Hole;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

/**
 * Follows both queues of a journal as they are written: times of the way, holes, states of lines
 * and breakers. The engine does not know of it. Used by the edge's agent.
 */
final class JournalFollower implements JournalReading {
    private static final int POLL_EVENTS = 32_768;
    private static final int HOLES = 20;

    private final JournalTail inbound;
    private final JournalTail outbound;
    private final QueueTimes inboundTimes = new QueueTimes(JournalQueue.INBOUND);
    private final QueueTimes outboundTimes = new QueueTimes(JournalQueue.OUTBOUND);
    private final GapLedger ledger = new GapLedger(this::onClosed);
    private final Deque<Hole> closed = new ArrayDeque<>();
    private final Map<String, LineState> lines = new HashMap<>();
    private final Map<String, LineState> breakers = new HashMap<>();
    private final LineStatusDecoder lineStatus = new LineStatusDecoder();
    private final QuoteMemory memory;
    private long inboundSequence;
    private long outboundSequence;

    /**
     * Follows an epoch.
     *
     * @param memory is handed every event as well; null for none
     * @param errors hears of damage
     */
    JournalFollower(Path epochDirectory, QuoteMemory memory, ErrorHandler errors) {
        this.memory = memory;
        inbound = JournalTail.following(epochDirectory, JournalQueue.INBOUND)
            .damageListener(damage -> errors.onError(new JournalException(damage.toString())));
        outbound = JournalTail.following(epochDirectory, JournalQueue.OUTBOUND)
            .damageListener(damage -> errors.onError(new JournalException(damage.toString())));
    }

    @Override
    public int poll() {
        int count = 0;
        while (count < POLL_EVENTS && inbound.next()) {
            onInbound(inbound.event());
            count++;
        }
        int outboundCount = 0;
        while (outboundCount < POLL_EVENTS && outbound.next()) {
            onOutbound(outbound.event());
            outboundCount++;
        }
        if (memory != null) {
            memory.publish();
        }
        return count + outboundCount;
    }

    @Override
    public List<StageTimes> takeStages() {
        List<StageTimes> stages = new ArrayList<>(inboundTimes.take());
        stages.addAll(outboundTimes.take());
        return stages;
    }

    @Override
    public List<HoleStatus> holes() {
        List<HoleStatus> holes = new ArrayList<>();
        ledger.forEachOpen(hole -> {
            if (holes.size() < HOLES) {
                holes.add(status(hole, "OPEN"));
            }
        });
        for (Hole hole : closed) {
            if (holes.size() < HOLES) {
                holes.add(status(hole, hole.end().name()));
            }
        }
        return holes;
    }

    @Override
    public Map<String, LineState> lines() {
        return lines;
    }

    @Override
    public Map<String, LineState> breakers() {
        return breakers;
    }

    @Override
    public long sequence(String queue) {
        return queue.equals(JournalQueue.INBOUND.label()) ? inboundSequence : outboundSequence;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(inbound, outbound);
        if (memory != null) {
            memory.onClose();
        }
    }

    private void onInbound(EventView event) {
        inboundSequence = event.sequence();
        inboundTimes.add(event);
        ledger.onEvent(event);
        if (memory != null) {
            memory.onEvent(JournalQueue.INBOUND, event);
        }
        if (event.templateId() == LineStatusDecoder.TEMPLATE_ID) {
            onLineStatus(event);
        }
    }

    private void onOutbound(EventView event) {
        outboundSequence = event.sequence();
        outboundTimes.add(event);
        if (memory != null) {
            memory.onEvent(JournalQueue.OUTBOUND, event);
        }
    }

    private void onLineStatus(EventView event) {
        lineStatus.wrap(event.buffer(), event.offset(), event.blockLength(),
            LineStatusDecoder.SCHEMA_VERSION);
        String feed = feed(event.venueId(), event.channelId());
        switch (lineStatus.state()) {
            case BREAKER_OPEN, BREAKER_HALF_OPEN, BREAKER_CLOSED ->
                breakers.put(feed, lineStatus.state());
            default -> lines.put(feed + '.' + StatusLabels.lineName(lineStatus.line()),
                lineStatus.state());
        }
    }

    private void onClosed(Hole hole) {
        closed.addFirst(hole);
        if (closed.size() > HOLES) {
            closed.removeLast();
        }
    }

    private static HoleStatus status(Hole hole, String end) {
        return new HoleStatus(feed(hole.venueId(), hole.channelId()), hole.fromSequence(),
            hole.toSequence(), told(hole.openedNs()), told(hole.closedNs()), end,
            hole.cure().name(), hole.line(), hole.lost());
    }

    private static long told(long timeNs) {
        return timeNs == EventDescriptor.UNDEFINED ? HoleStatus.NOT_TOLD : timeNs;
    }

    private static String feed(int venueId, int channelId) {
        Venue venue = Venue.byId(venueId);
        return StatusLabels.feedName(venue == null ? Integer.toString(venueId) : venue.name(),
            channelId);
    }
}
