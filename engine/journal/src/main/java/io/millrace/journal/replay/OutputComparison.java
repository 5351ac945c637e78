// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import io.millrace.codec.event.FingerprintDecoder;
import io.millrace.engine.ChainPosition;
import io.millrace.event.EventReader;
import io.millrace.event.EventView;
import io.millrace.journal.Damage;
import io.millrace.journal.JournalHole;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.journal.compare.EventEquality;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.MutableBoolean;
import org.agrona.concurrent.Agent;

/**
 * Compares what the chain derives with a recorded outbound queue: event by event up to the first
 * difference or hole, and every fingerprint up to there. Runs as a reader of the outbound ring; the
 * result is taken after its thread has ended.
 */
final class OutputComparison implements Agent, AutoCloseable {
    /** One recorded fingerprint: the hashes behind an inbound event. */
    private record Print(long appliedHash, long outputHash, boolean isFinal) {
        /** The stop may end an interval too, and then causes both. */
        long key(long cause) {
            return cause << 1 | (isFinal ? 1 : 0);
        }
    }

    private final EventReader reader;
    private final JournalTail recorded;
    private final EventView produced = new EventView();
    private final FingerprintDecoder fingerprint = new FingerprintDecoder();
    private final Long2ObjectHashMap<Print> recordedPrints = new Long2ObjectHashMap<>();
    private final List<Damage> damages = new ArrayList<>();
    private long producedCount;
    private long recordedCount;
    private long equalPrints;
    private long lastEqualPrint;
    private long divergentFrom;
    private long divergentTo;
    private long firstOutbound;
    private long firstCause;
    private String reason;
    private boolean isRecordEnded;

    /** @param from where the chain begins */
    OutputComparison(Path epochDirectory, EventReader reader, ChainPosition from) {
        this.reader = reader;
        recorded = JournalTail.written(epochDirectory, JournalQueue.OUTBOUND)
            .damageListener(damages::add).deliverDamaged()
            .holeListener(hole -> isRecordEnded |= isBehind(hole, from));
        goBehind(recorded, from);
        collectPrints(epochDirectory, from);
    }

    /** The recorded queue may be in a hole where the chain begins. */
    private static boolean isBehind(JournalHole hole, ChainPosition from) {
        return hole.toSequence() > from.outboundSequence();
    }

    private static void goBehind(JournalTail tail, ChainPosition from) {
        if (from.outboundSequence() > 0) {
            tail.seekSequence(from.outboundSequence() + 1);
        }
    }

    private void collectPrints(Path epochDirectory, ChainPosition from) {
        try (JournalTail tail = JournalTail.written(epochDirectory, JournalQueue.OUTBOUND)
            .damageListener(damage -> { }).deliverDamaged()) {
            MutableBoolean isHole = new MutableBoolean();
            tail.holeListener(hole -> isHole.set(isHole.get() || isBehind(hole, from)));
            goBehind(tail, from);
            while (tail.next() && !isHole.get()) {
                if (tail.event().templateId() == FingerprintDecoder.TEMPLATE_ID) {
                    Print print = print(tail.event());
                    recordedPrints.put(print.key(tail.event().originSequence()), print);
                }
            }
        }
    }

    private Print print(EventView event) {
        fingerprint.wrap(event.buffer(), event.offset(), event.blockLength(),
            FingerprintDecoder.SCHEMA_VERSION);
        return new Print(fingerprint.appliedHash(), fingerprint.outputHash(),
            fingerprint.isFinal() != 0);
    }

    @Override
    public int doWork() {
        long first = reader.next();
        long last = reader.available();
        for (long slot = first; slot <= last; slot++) {
            produced.wrap(reader.ring().buffer(), reader.ring().blockOffset(slot));
            compareEvent();
            if (produced.templateId() == FingerprintDecoder.TEMPLATE_ID) {
                comparePrint(produced.originSequence(), print(produced));
            }
        }
        if (last >= first) {
            reader.release(last);
        }
        return (int) (last - first + 1);
    }

    private void compareEvent() {
        producedCount++;
        if (firstOutbound != 0 || isRecordEnded) {
            return;
        }
        if (!recorded.next() || isRecordEnded) {
            isRecordEnded = true;
        } else if (EventEquality.DATA.isEqual(produced, recorded.event())) {
            recordedCount++;
        } else {
            firstOutbound = Math.min(produced.sequence(), recorded.event().sequence());
            firstCause = Math.min(produced.originSequence(), recorded.event().originSequence());
            note("an outbound event differs");
        }
    }

    private void comparePrint(long cause, Print print) {
        Print expected = recordedPrints.remove(print.key(cause));
        if (divergentTo != 0) {
            return;
        }
        if (print.equals(expected)) {
            equalPrints++;
            lastEqualPrint = cause;
        } else if (expected != null || print.isFinal()) {
            divergentFrom = lastEqualPrint + 1;
            divergentTo = cause;
            note(expected == null ? "the final fingerprint is not recorded"
                : "a fingerprint differs");
        }
    }

    /**
     * Takes what is recorded but did not come out. A hole inbound from which nothing would have
     * been derived is none outbound.
     *
     * @param behind inbound sequence of the first event that the chain did not get
     */
    void finish(long behind) {
        recordedPrints.keySet().removeIf(key -> key >>> 1 >= behind);
        if (firstOutbound == 0 && !isRecordEnded && recorded.next() && !isRecordEnded
            && recorded.event().originSequence() < behind) {
            firstOutbound = recorded.event().sequence();
            firstCause = recorded.event().originSequence();
            note("a recorded outbound event did not come out again");
        }
        if (divergentTo == 0 && !recordedPrints.isEmpty()) {
            divergentFrom = lastEqualPrint + 1;
            divergentTo = recordedPrints.keySet().stream().mapToLong(Long::longValue).min()
                .orElseThrow() >>> 1;
            note("a recorded fingerprint did not come out again");
        }
    }

    private void note(String what) {
        reason = reason == null ? what : reason;
    }

    boolean hasRecordedPrints() {
        return equalPrints > 0 || divergentTo != 0;
    }

    long producedCount() {
        return producedCount;
    }

    long recordedCount() {
        return recordedCount;
    }

    long equalPrints() {
        return equalPrints;
    }

    List<Damage> damages() {
        return damages;
    }

    /** Where the outputs part, or null. */
    Proof.Divergence divergence() {
        return reason == null ? null
            : new Proof.Divergence(divergentFrom, divergentTo, firstOutbound, firstCause,
                reason);
    }

    /** Behind {@link #finish}, which reads on when the reader's thread has ended. */
    @Override
    public void close() {
        recorded.close();
    }

    @Override
    public String roleName() {
        return "compare";
    }
}
