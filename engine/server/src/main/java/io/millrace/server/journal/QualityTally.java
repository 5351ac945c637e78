// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.codec.event.BookStaleDecoder;
import io.millrace.codec.event.JournalGapDecoder;
import io.millrace.codec.event.SampleKind;
import io.millrace.codec.event.StaleState;
import io.millrace.codec.event.SystemSampleDecoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.journal.GapLedger;
import io.millrace.journal.GapLedger.End;
import io.millrace.journal.GapLedger.Hole;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What of an epoch's events is not as it should be, counted while they pass. One thread. */
final class QualityTally {
    private final SystemSampleDecoder sample = new SystemSampleDecoder();
    private final JournalGapDecoder journalGap = new JournalGapDecoder();
    private final BookStaleDecoder stale = new BookStaleDecoder();
    private final GapLedger gaps = new GapLedger(this::onHole);
    private final Map<Integer, Long> countByKind = new TreeMap<>();
    private final Map<Integer, Long> exchangeTimeByChannel = new HashMap<>();
    private final Map<Long, Long> staleFrom = new HashMap<>();
    private long lastReceiveNs = Long.MIN_VALUE;
    private long healed;
    private long lost;
    private long neverClosed;
    private long unjournaled;
    private long receiveBack;
    private long exchangeBack;
    private long badTime;
    private long maybeBad;
    private long clockSteps;
    private long staleSpans;
    private long longestStaleNs;
    private long leastLagNs = Long.MAX_VALUE;
    private long greatestLagNs = Long.MIN_VALUE;

    void onInbound(EventView event) {
        countByKind.merge(event.templateId(), 1L, Long::sum);
        gaps.onEvent(event);
        receiveBack += event.receiveTimeNs() < lastReceiveNs ? 1 : 0;
        lastReceiveNs = event.receiveTimeNs();
        badTime += isFlagged(event, EventFlag.BAD_TIME) ? 1 : 0;
        maybeBad += isFlagged(event, EventFlag.MAYBE_BAD) ? 1 : 0;
        if (event.templateId() == SystemSampleDecoder.TEMPLATE_ID) {
            sample.wrap(event.buffer(), event.offset(), event.blockLength(),
                SystemSampleDecoder.SCHEMA_VERSION);
            clockSteps += sample.kind() == SampleKind.CLOCK_STEP && sample.value() != 0 ? 1 : 0;
        } else if (event.templateId() == JournalGapDecoder.TEMPLATE_ID) {
            journalGap.wrap(event.buffer(), event.offset(), event.blockLength(),
                JournalGapDecoder.SCHEMA_VERSION);
            unjournaled += journalGap.toSequence() - journalGap.fromSequence();
        }
        if (event.exchangeTimeNs() != EventDescriptor.UNDEFINED
            && !isFlagged(event, EventFlag.BAD_TIME | EventFlag.SNAPSHOT)) {
            onExchangeTime(event);
        }
    }

    private void onExchangeTime(EventView event) {
        int channel = event.venueId() << 8 | event.channelId();
        long timeNs = event.exchangeTimeNs();
        exchangeBack +=
            timeNs < exchangeTimeByChannel.getOrDefault(channel, Long.MIN_VALUE) ? 1 : 0;
        exchangeTimeByChannel.put(channel, timeNs);
        leastLagNs = Math.min(leastLagNs, event.receiveTimeNs() - timeNs);
        greatestLagNs = Math.max(greatestLagNs, event.receiveTimeNs() - timeNs);
    }

    void onOutbound(EventView event) {
        if (event.templateId() != BookStaleDecoder.TEMPLATE_ID) {
            return;
        }
        stale.wrap(event.buffer(), event.offset(), event.blockLength(),
            BookStaleDecoder.SCHEMA_VERSION);
        long key = (long) event.venueId() << 40 | (long) event.channelId() << 32
            | event.instrumentId() & 0xFFFF_FFFFL;
        if (stale.state() == StaleState.STALE) {
            staleFrom.putIfAbsent(key, event.receiveTimeNs());
        } else {
            end(staleFrom.remove(key), event.receiveTimeNs());
        }
    }

    private void end(Long fromNs, long toNs) {
        if (fromNs != null) {
            staleSpans++;
            longestStaleNs = Math.max(longestStaleNs, toNs - fromNs);
        }
    }

    private void onHole(Hole hole) {
        healed += hole.end() == End.HEALED ? 1 : 0;
        neverClosed += hole.end() == End.NEVER_CLOSED ? 1 : 0;
        lost += hole.lost();
    }

    /** Nothing more comes: what is open ends here. */
    void finish() {
        gaps.forEachOpen(this::onHole);
        staleFrom.values().forEach(fromNs -> end(fromNs, lastReceiveNs));
        staleFrom.clear();
    }

    /** Inbound events by template id. */
    Map<Integer, Long> countByKind() {
        return countByKind;
    }

    /** Figures that say nothing good or bad by themselves. */
    Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("gapsHealed", healed);
        if (leastLagNs <= greatestLagNs) {
            figures.put("leastLagNs", leastLagNs);
            figures.put("greatestLagNs", greatestLagNs);
        }
        return figures;
    }

    /** Figures of which each is 0 on a good day. */
    Map<String, Long> findings() {
        Map<String, Long> findings = new LinkedHashMap<>();
        findings.put("messagesLost", lost);
        findings.put("gapsNeverClosed", neverClosed);
        findings.put("eventsNotJournaled", unjournaled);
        findings.put("receiveTimesBack", receiveBack);
        findings.put("exchangeTimesBack", exchangeBack);
        findings.put("badTime", badTime);
        findings.put("maybeBad", maybeBad);
        findings.put("clockSteps", clockSteps);
        findings.put("staleSpans", staleSpans);
        findings.put("longestStaleNs", longestStaleNs);
        return findings;
    }

    private static boolean isFlagged(EventView event, int flags) {
        return (event.flags() & flags) != 0;
    }
}
