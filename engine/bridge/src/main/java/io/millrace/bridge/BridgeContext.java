// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

import io.millrace.counter.Counters;
import io.millrace.counter.EngineClock;
import io.millrace.journal.JournalQueue;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Options of a bridge. Set on the control thread, then concluded by the bridge; nothing changes
 * afterwards.
 */
public final class BridgeContext {
    /** Key of {@link #batchEvents(int)}. */
    public static final String BATCH_EVENTS_KEY = "bridge.batch-events";
    /** Key of {@link #lingerMs(int)}. */
    public static final String LINGER_KEY = "bridge.linger-ms";
    /** Key of {@link #firstRetryMs(int)}. */
    public static final String FIRST_RETRY_KEY = "bridge.first-retry-ms";
    /** Key of {@link #longestRetryMs(int)}. */
    public static final String LONGEST_RETRY_KEY = "bridge.longest-retry-ms";
    /** Key of {@link #stallMs(int)}. */
    public static final String STALL_KEY = "bridge.stall-ms";
    /** Key of {@link #deadLetterMb(int)}. */
    public static final String DEAD_LETTER_KEY = "bridge.dead-letter-mb";

    public static final int BATCH_EVENTS_DEFAULT = 16_384;
    public static final int MAX_BATCH_EVENTS = 1 << 18;
    public static final int LINGER_MS_DEFAULT = 20;
    public static final int FIRST_RETRY_MS_DEFAULT = 100;
    public static final int LONGEST_RETRY_MS_DEFAULT = 10_000;
    public static final int STALL_MS_DEFAULT = 5_000;
    public static final int DEAD_LETTER_MB_DEFAULT = 64;
    public static final int MAX_TIME_MS = 3_600_000;
    public static final int MAX_DEAD_LETTER_MB = 1 << 20;

    private Path journalRoot;
    private Set<JournalQueue> queues = EnumSet.allOf(JournalQueue.class);
    private int batchEvents = BATCH_EVENTS_DEFAULT;
    private int lingerMs = LINGER_MS_DEFAULT;
    private int firstRetryMs = FIRST_RETRY_MS_DEFAULT;
    private int longestRetryMs = LONGEST_RETRY_MS_DEFAULT;
    private int stallMs = STALL_MS_DEFAULT;
    private int deadLetterMb = DEAD_LETTER_MB_DEFAULT;
    private Counters counters;
    private EpochNanoClock clock = new EngineClock();
    private JournalEnd journalEnd;
    private PositionListener positionListener = (sink, position) -> { };
    private BooleanSupplier isEnding = () -> false;
    private Runnable beforeCheckpoint = () -> { };

    /** Tells where a queue ends now. */
    @FunctionalInterface
    public interface JournalEnd {
        /** Sequence of the last event that a queue of the newest epoch holds. */
        long sequence(JournalQueue queue);
    }

    /** Hears how far a bridge has come: until there, its journals may be pruned. */
    @FunctionalInterface
    public interface PositionListener {
        /** Everything up to here is outside for good. The bridge's thread. */
        void onPosition(String sink, Position position);
    }

    /** Folder of the epochs; what bridges note stands in {@code bridges} beside them. */
    public BridgeContext journalRoot(Path root) {
        journalRoot = root;
        return this;
    }

    Path journalRoot() {
        return journalRoot;
    }

    /** Which queues are read; both unless set. */
    public BridgeContext queues(Set<JournalQueue> wanted) {
        queues = wanted.isEmpty() ? Set.of() : EnumSet.copyOf(wanted);
        return this;
    }

    Set<JournalQueue> queues() {
        return queues;
    }

    /** Most events of a batch, 1 to 262,144. */
    public BridgeContext batchEvents(int events) {
        batchEvents = events;
        return this;
    }

    int batchEvents() {
        return batchEvents;
    }

    /** Longest wait for a batch to fill, 0 to 3,600,000. */
    public BridgeContext lingerMs(int ms) {
        lingerMs = ms;
        return this;
    }

    int lingerMs() {
        return lingerMs;
    }

    /** Wait after a first failure, 1 to 3,600,000; it doubles with each further one. */
    public BridgeContext firstRetryMs(int ms) {
        firstRetryMs = ms;
        return this;
    }

    int firstRetryMs() {
        return firstRetryMs;
    }

    /** Longest wait between attempts, at least the first. */
    public BridgeContext longestRetryMs(int ms) {
        longestRetryMs = ms;
        return this;
    }

    int longestRetryMs() {
        return longestRetryMs;
    }

    /** Time without acknowledgement after which the circuit counts as open, 1 to 3,600,000. */
    public BridgeContext stallMs(int ms) {
        stallMs = ms;
        return this;
    }

    int stallMs() {
        return stallMs;
    }

    /** Most mebibytes of dead letters, 0 to 1,048,576. */
    public BridgeContext deadLetterMb(int mebibytes) {
        deadLetterMb = mebibytes;
        return this;
    }

    int deadLetterMb() {
        return deadLetterMb;
    }

    /** Where counters and errors go; in memory of its own unless set. */
    public BridgeContext counters(Counters engineCounters) {
        counters = engineCounters;
        return this;
    }

    Counters counters() {
        return counters;
    }

    /** Clock that the lag is told by. */
    public BridgeContext clock(EpochNanoClock epochNanoClock) {
        clock = epochNanoClock;
        return this;
    }

    EpochNanoClock clock() {
        return clock;
    }

    /** Where the queues end; unless set, the files are looked at now and then. */
    public BridgeContext journalEnd(JournalEnd end) {
        journalEnd = end;
        return this;
    }

    JournalEnd journalEnd() {
        return journalEnd;
    }

    /** Who keeps journals until this bridge has read them. */
    public BridgeContext positionListener(PositionListener listener) {
        positionListener = listener;
        return this;
    }

    PositionListener positionListener() {
        return positionListener;
    }

    /** Tells that the journals have ended: what is there goes at once. */
    public BridgeContext isEnding(BooleanSupplier ending) {
        isEnding = ending;
        return this;
    }

    BooleanSupplier isEnding() {
        return isEnding;
    }

    /** Runs between the outside's acknowledgement and the checkpoint: for rehearsals of a kill. */
    public BridgeContext beforeCheckpoint(Runnable hook) {
        beforeCheckpoint = hook;
        return this;
    }

    Runnable beforeCheckpoint() {
        return beforeCheckpoint;
    }

    BridgeContext conclude() {
        if (journalRoot == null) {
            throw new IllegalArgumentException("journal.directory is not set");
        }
        if (queues.isEmpty()) {
            throw new IllegalArgumentException("a bridge reads one queue or both, not none");
        }
        check(BATCH_EVENTS_KEY, batchEvents, 1, MAX_BATCH_EVENTS);
        check(LINGER_KEY, lingerMs, 0, MAX_TIME_MS);
        check(FIRST_RETRY_KEY, firstRetryMs, 1, MAX_TIME_MS);
        check(LONGEST_RETRY_KEY, longestRetryMs, firstRetryMs, MAX_TIME_MS);
        check(STALL_KEY, stallMs, 1, MAX_TIME_MS);
        check(DEAD_LETTER_KEY, deadLetterMb, 0, MAX_DEAD_LETTER_MB);
        counters = counters == null ? Counters.inMemory() : counters;
        return this;
    }

    private static void check(String key, int value, int least, int greatest) {
        if (value < least || value > greatest) {
            throw new IllegalArgumentException(key + " " + value + " is not within " + least
                + " to " + greatest);
        }
    }
}
