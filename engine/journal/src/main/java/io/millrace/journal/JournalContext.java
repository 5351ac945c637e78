// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.counter.Counters;
import io.millrace.counter.EngineClock;
import io.millrace.event.CommandQueue;
import io.millrace.journal.disk.Disk;
import io.millrace.journal.disk.OnFull;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * Options of a journal's writing side. Set on the control thread, then concluded; nothing changes
 * afterwards.
 */
public final class JournalContext {
    /** Key of {@link #sync(JournalSync)}. */
    public static final String SYNC_KEY = "journal.sync";
    /** Key of {@link #syncIntervalMs(int)}. */
    public static final String SYNC_INTERVAL_KEY = "journal.sync-interval-ms";
    /** Key of {@link #excerptEvents(int)}. */
    public static final String EXCERPT_EVENTS_KEY = "journal.excerpt-events";
    /** Key of {@link #minimumFreeMb(int)}. */
    public static final String MINIMUM_FREE_KEY = "journal.minimum-free-mb";

    /** Key of {@link #resumeMarginMb(int)}. */
    public static final String RESUME_MARGIN_KEY = "journal.resume-margin-mb";
    /** Key of {@link #onFull(OnFull)}. */
    public static final String ON_FULL_KEY = "journal.on-full";

    public static final JournalSync SYNC_DEFAULT = JournalSync.INTERVAL;
    public static final int SYNC_INTERVAL_MS_DEFAULT = 100;
    public static final int EXCERPT_EVENTS_DEFAULT = 512;
    public static final int MINIMUM_FREE_MB_DEFAULT = 256;
    public static final int RESUME_MARGIN_MB_DEFAULT = 256;
    public static final OnFull ON_FULL_DEFAULT = OnFull.DEGRADE;

    private JournalSync sync = SYNC_DEFAULT;
    private int syncIntervalMs = SYNC_INTERVAL_MS_DEFAULT;
    private int excerptEvents = EXCERPT_EVENTS_DEFAULT;
    private int minimumFreeMb = MINIMUM_FREE_MB_DEFAULT;
    private int resumeMarginMb = RESUME_MARGIN_MB_DEFAULT;
    private OnFull onFull = ON_FULL_DEFAULT;
    private CommandQueue commands;
    private EpochNanoClock clock = new EngineClock();
    private Disk disk;
    private NanoClock diskClock = System::nanoTime;
    private Counters counters;
    private boolean isConcluded;

    /** When appended events are forced to the device. */
    public JournalContext sync(JournalSync mode) {
        sync = mode;
        return this;
    }

    /** When appended events are forced to the device. */
    public JournalSync sync() {
        return sync;
    }

    /** Ms between forces in {@link JournalSync#INTERVAL}, 1 to 60,000. */
    public JournalContext syncIntervalMs(int ms) {
        syncIntervalMs = ms;
        return this;
    }

    /** Ms between forces in {@link JournalSync#INTERVAL}. */
    public int syncIntervalMs() {
        return syncIntervalMs;
    }

    /** Most events in one excerpt, 1 to 1,024. */
    public JournalContext excerptEvents(int events) {
        excerptEvents = events;
        return this;
    }

    /** Most events in one excerpt. */
    public int excerptEvents() {
        return excerptEvents;
    }

    /** Mebibytes of the file system below which appending stops, 0 to 1,048,576. */
    public JournalContext minimumFreeMb(int mebibytes) {
        minimumFreeMb = mebibytes;
        return this;
    }

    /** Mebibytes of the file system below which appending stops. */
    public int minimumFreeMb() {
        return minimumFreeMb;
    }

    /** Mebibytes above the minimum from which appending begins again, 0 to 1,048,576. */
    public JournalContext resumeMarginMb(int mebibytes) {
        resumeMarginMb = mebibytes;
        return this;
    }

    /** Mebibytes above the minimum from which appending begins again. */
    public int resumeMarginMb() {
        return resumeMarginMb;
    }

    /** What is done when the disk is full. */
    public JournalContext onFull(OnFull policy) {
        onFull = policy;
        return this;
    }

    /** What is done when the disk is full. */
    public OnFull onFull() {
        return onFull;
    }

    /** How a writer asks for the event that ends a hole; without it, none is ended. */
    public JournalContext commands(CommandQueue commandQueue) {
        commands = commandQueue;
        return this;
    }

    /** How a writer asks for the event that ends a hole, or null. */
    public CommandQueue commands() {
        return commands;
    }

    /** Clock of journalDeltaNs, or null for no stamps. */
    public JournalContext clock(EpochNanoClock epochNanoClock) {
        clock = epochNanoClock;
        return this;
    }

    /** Clock of journalDeltaNs, or null for no stamps. */
    public EpochNanoClock clock() {
        return clock;
    }

    /**
     * Another disk than the file system's.
     *
     * @param waitClock tells how long space is waited for
     */
    public JournalContext disk(Disk other, NanoClock waitClock) {
        disk = other;
        diskClock = waitClock;
        return this;
    }

    /** A disk in place of the file system's, or null. */
    public Disk disk() {
        return disk;
    }

    /** Tells how long space is waited for. */
    public NanoClock diskClock() {
        return diskClock;
    }

    /** Where this journal's counters stand; in memory of its own unless set. */
    public JournalContext counters(Counters engineCounters) {
        counters = engineCounters;
        return this;
    }

    /** Where this journal's counters stand. */
    public Counters counters() {
        return counters;
    }

    /** Checks every option; a journal concludes its context itself. */
    public JournalContext conclude() {
        if (isConcluded) {
            return this;
        }
        check(SYNC_INTERVAL_KEY, syncIntervalMs, 1, 60_000);
        check(EXCERPT_EVENTS_KEY, excerptEvents, 1, ExcerptDescriptor.MAX_EVENTS);
        check(MINIMUM_FREE_KEY, minimumFreeMb, 0, 1 << 20);
        check(RESUME_MARGIN_KEY, resumeMarginMb, 0, 1 << 20);
        if (sync == null) {
            throw new IllegalArgumentException(SYNC_KEY
                + " null is not one of none, interval, batch");
        }
        if (counters == null) {
            counters = Counters.inMemory();
        }
        isConcluded = true;
        return this;
    }

    private static void check(String key, int value, int least, int greatest) {
        if (value < least || value > greatest) {
            throw new IllegalArgumentException(key + " " + value + " is not within " + least
                + " to " + greatest);
        }
    }
}
