// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static io.millrace.event.EventDescriptor.HEADER_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codec.event.ClockEncoder;
import io.millrace.event.EventView;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A reader of one queue with a position of its own; any number of them, in any process, beside a
 * writer or without one. Events are read in place. What is damaged is reported, and reading goes on
 * behind it. One thread; it writes nothing.
 */
public final class JournalTail implements AutoCloseable {
    private static final long SCHEMA_AND_ALIGNMENT_MASK = 0x0000_FFFF_0000_0007L;
    private static final long SCHEMA = (long) ClockEncoder.SCHEMA_ID << 32;

    private final CycleFiles files;
    private final boolean isFollowing;
    private final DeclaredHoles declared;
    private final EventView event = new EventView();
    private Consumer<Damage> damageListener = JournalTail::refuse;
    private Consumer<JournalHole> holeListener = hole -> { };
    private boolean isDamagedDelivered;

    private UnsafeBuffer buffer;
    private int offset;
    private int runEnd;
    private long runFirst;
    private long runLast;
    private long expected = 1;
    private boolean isEnded;
    private String pendingReason;
    private long pendingPosition;

    private JournalTail(Path epochDirectory, JournalQueue queue, boolean isCrcChecked,
        boolean isFollowing) {
        files = new CycleFiles(queue.directory(epochDirectory), isCrcChecked);
        declared = new DeclaredHoles(epochDirectory, queue);
        this.isFollowing = isFollowing;
    }

    /**
     * Reads what is written now, to the end, and stays there until it seeks; checks every excerpt.
     */
    public static JournalTail written(Path epochDirectory, JournalQueue queue) {
        return new JournalTail(epochDirectory, queue, true, false);
    }

    /** Reads what is written now without checking CRCs: for journals that were verified. */
    public static JournalTail verified(Path epochDirectory, JournalQueue queue) {
        return new JournalTail(epochDirectory, queue, false, false);
    }

    /**
     * Reads what is written and what will be; at the end {@link #next()} says false until there is
     * more.
     */
    public static JournalTail following(Path epochDirectory, JournalQueue queue) {
        return new JournalTail(epochDirectory, queue, true, true);
    }

    /** Who hears of damage; unless set, damage throws. */
    public JournalTail damageListener(Consumer<Damage> listener) {
        damageListener = listener;
        return this;
    }

    /** Who hears of holes that the journal declares; they are no damage. */
    public JournalTail holeListener(Consumer<JournalHole> listener) {
        holeListener = listener;
        return this;
    }

    /**
     * Delivers events whose check is wrong but whose lengths and sequences make sense, after
     * reporting them.
     */
    public JournalTail deliverDamaged() {
        isDamagedDelivered = true;
        return this;
    }

    /** Moves to the next event; false at the end of what is written. */
    public boolean next() {
        while (offset < runEnd || nextRun()) {
            long header = buffer.getLong(offset, LITTLE_ENDIAN);
            int length = HEADER_LENGTH + (int) (header & 0xFFFF);
            if ((header & SCHEMA_AND_ALIGNMENT_MASK) == SCHEMA
                && length >= ExcerptDescriptor.MIN_EVENT_LENGTH
                && length <= ExcerptDescriptor.MAX_EVENT_LENGTH && length <= runEnd - offset) {
                event.wrap(buffer, offset + HEADER_LENGTH);
                offset += length;
                return true;
            }
            skipRun();
        }
        return false;
    }

    /** The event that {@link #next()} moved to; valid until it is called again. */
    public EventView event() {
        return event;
    }

    /**
     * Moves so that the next event is the first whose sequence is this or greater; false when there
     * is none yet.
     */
    public boolean seekSequence(long sequence) {
        begin(files.seekSequence(sequence));
        while (next()) {
            if (event.sequence() >= sequence) {
                offset = event.offset() - HEADER_LENGTH;
                return true;
            }
        }
        return false;
    }

    /**
     * Moves so that the next event is the first received at this time or later; false when there is
     * none yet.
     */
    public boolean seekTime(long receiveTimeNs) {
        begin(files.seekTime(receiveTimeNs));
        while (next()) {
            if (event.receiveTimeNs() >= receiveTimeNs) {
                offset = event.offset() - HEADER_LENGTH;
                return true;
            }
        }
        return false;
    }

    /** Moves behind the last event written now; returns its sequence, 0 when there is none. */
    public long seekEnd() {
        begin(files.seekSequence(Long.MAX_VALUE - 1));
        long last = 0;
        while (offset < runEnd || nextRun()) {
            last = runLast;
            offset = runEnd;
        }
        return last;
    }

    /** Sequence of the last event of the excerpt at hand, 0 before the first. */
    public long excerptLastSequence() {
        return runLast;
    }

    /** Byte offset behind the last document read, within its file. */
    public long position() {
        return files.walker() == null ? 0 : files.walker().position();
    }

    @Override
    public void close() {
        files.close();
    }

    private void begin(long firstSequence) {
        expected = firstSequence;
        offset = 0;
        runEnd = 0;
        runLast = 0;
        isEnded = false;
        pendingReason = null;
    }

    private boolean nextRun() {
        while (!isEnded && (files.walker() != null || files.openNext())) {
            ExcerptWalker walker = files.walker();
            ExcerptWalker.Step step = walker.step();
            if (step == ExcerptWalker.Step.EXCERPT) {
                if (accept(walker)) {
                    return true;
                }
            } else if (step == ExcerptWalker.Step.HEAD || step == ExcerptWalker.Step.STRUCTURE) {
                walker.advance();
            } else if (step == ExcerptWalker.Step.BROKEN) {
                if (onBroken(walker)) {
                    return true;
                }
            } else if (!onStop(walker, step)) {
                return false;
            }
        }
        return false;
    }

    private boolean accept(ExcerptWalker walker) {
        long first = walker.firstSequence();
        if (first < expected) {
            report(walker.position(), first, first - 1, "sequence " + first + " comes again");
            walker.advance();
            return false;
        }
        if (first > expected || pendingReason != null) {
            onMissing(walker, first);
        }
        deliver(walker);
        return true;
    }

    /** What is missing in front of an excerpt was damaged, or the journal declares it. */
    private void onMissing(ExcerptWalker walker, long first) {
        boolean isPending = pendingReason != null;
        event.wrap(walker.file().buffer(), walker.runOffset() + HEADER_LENGTH);
        JournalHole hole = first > expected ? declared.before(expected, event) : null;
        long lost = hole == null ? first : hole.fromSequence();
        if (isPending || lost > expected) {
            report(isPending ? pendingPosition : walker.position(), expected, lost - 1,
                isPending ? pendingReason : "sequences are missing, and no event declares it");
        }
        if (hole != null) {
            holeListener.accept(hole);
        }
        pendingReason = null;
    }

    private void deliver(ExcerptWalker walker) {
        buffer = walker.file().buffer();
        offset = walker.runOffset();
        runEnd = offset + walker.length() - ExcerptDescriptor.RUN_OFFSET;
        runFirst = walker.firstSequence();
        runLast = runFirst + walker.count() - 1;
        expected = runLast + 1;
        walker.advance();
    }

    /** True when a damaged run is delivered all the same; else the walker went on behind it. */
    private boolean onBroken(ExcerptWalker walker) {
        if (!walker.isParseable() || walker.firstSequence() != expected) {
            goBehind(walker, "a document has an impossible length or a wrong check");
            return false;
        }
        report(walker.position(), expected, expected + walker.count() - 1,
            "the check of the excerpt is wrong");
        pendingReason = null;
        if (isDamagedDelivered) {
            deliver(walker);
            return true;
        }
        expected += walker.count();
        walker.advance();
        return false;
    }

    /**
     * What looks like the end is believed only when no whole excerpt stands behind it, and damage
     * only when no writer went on meanwhile: where one did was the end, and whoever reads what is
     * written does not run after him. Bytes behind a length word of zero are an append that goes on
     * or was cut off: the library writes the word last.
     */
    private boolean onStop(ExcerptWalker walker, ExcerptWalker.Step step) {
        if (isFollowing) {
            return step == ExcerptWalker.Step.END_OF_FILE && files.openNext();
        }
        long stop = walker.position();
        boolean isWritten = step == ExcerptWalker.Step.OPEN && walker.isOpenExcerptWhole();
        long declaredLast = walker.declaredLast(expected);
        boolean isMore = walker.resync(stop + ExcerptWalker.WORD_LENGTH, Long.MAX_VALUE);
        long behind = walker.position();
        walker.position(stop);
        if (walker.step() != step) {
            isEnded = true;
            return false;
        }
        if (isMore) {
            walker.position(behind);
            remember(stop, "a length word is damaged");
            return true;
        }
        if (isWritten) {
            report(stop, expected, declaredLast, "the last length word is damaged");
        }
        isEnded = !files.openNext();
        return !isEnded;
    }

    private void goBehind(ExcerptWalker walker, String reason) {
        long brokenAt = walker.position();
        long declaredLast = walker.declaredLast(expected);
        if (walker.resync(brokenAt + ExcerptWalker.WORD_LENGTH, Long.MAX_VALUE)) {
            remember(brokenAt, reason);
            return;
        }
        report(brokenAt, expected, declaredLast, reason + ", and nothing readable follows");
        pendingReason = null;
        walker.position(walker.file().length());
    }

    private void remember(long position, String reason) {
        if (pendingReason == null) {
            pendingPosition = position;
            pendingReason = reason;
        }
    }

    private void skipRun() {
        report(position(), runFirst, runLast, "an event has an impossible length or schema");
        offset = runEnd;
    }

    private void report(long position, long from, long to, String reason) {
        damageListener.accept(new Damage(files.path(), position, from, to, reason));
    }

    private static void refuse(Damage damage) {
        throw new JournalException(damage.toString());
    }
}
