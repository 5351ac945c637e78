// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.event.EventReader;
import io.millrace.journal.disk.DiskWatch;
import io.millrace.journal.disk.HoleBoard;
import io.millrace.journal.disk.ResumePermit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.Agent;

/**
 * The writing side of one epoch: a trading date's inbound and outbound queue under {@code
 * <root>/<yyyy-mm-dd>}. It is made on the control thread, hands out one writer and the companions
 * of each queue, and is closed after their threads have ended. Whoever only reads uses {@link
 * JournalTail} on the directory.
 */
public final class Journal implements AutoCloseable {
    /** Name of the directory within an epoch's that checkpoints are in. */
    public static final String CHECKPOINTS = "checkpoints";

    private static final long MEBIBYTE = 1L << 20;

    private final Path directory;
    private final JournalHead head;
    private final JournalContext context;
    private final CycleAppender[] appenders = new CycleAppender[JournalQueue.values().length];
    private final long[] lastSequences = new long[JournalQueue.values().length];
    private final HoleBoard holes = new HoleBoard();
    private final DiskWatch watch;
    private final ResumePermit permit = new ResumePermit();
    /** Set by the thread of the inbound writer. */
    private final AtomicReference<KeptEvents> holeEvents = new AtomicReference<>();

    private Journal(Path directory, JournalHead head, JournalContext context) {
        this.directory = directory;
        this.head = head;
        this.context = context.conclude();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + directory, e);
        }
        watch = newWatch();
    }

    private DiskWatch newWatch() {
        long least = context.minimumFreeMb() * MEBIBYTE;
        long enough = least + context.resumeMarginMb() * MEBIBYTE;
        return context.disk() == null
            ? new DiskWatch(directory, least, enough, context.counters())
            : new DiskWatch(context.disk()::usableBytes, least, enough, context.counters(),
                context.diskClock());
    }

    /**
     * Begins the epoch of a trading date.
     *
     * @throws JournalException when the epoch has begun before, or something of it lies there
     */
    public static Journal create(Path root, JournalHead head, JournalContext context) {
        Path directory = directory(root, head.tradingDate());
        if (exists(directory)) {
            throw new JournalException("journal " + directory + " exists already");
        }
        if (!CycleFiles.list(JournalQueue.OUTBOUND.directory(directory)).isEmpty()
            || Files.exists(directory.resolve(CHECKPOINTS))) {
            throw new JournalException(directory + " holds an outbound queue or checkpoints and no"
                + " inbound queue: move what is left of that journal away");
        }
        return new Journal(directory, head, context).openQueues(Journal::beginQueue);
    }

    /**
     * Continues the epoch of a trading date behind its last event. An outbound queue that is
     * missing, or whose first excerpt a kill cut off, begins anew.
     *
     * @throws JournalException when there is none, when it is damaged, or when this build does not
     *                          know its version
     */
    public static Journal open(Path root, LocalDate tradingDate, JournalContext context) {
        Path directory = directory(root, tradingDate);
        return new Journal(directory, head(directory), context).openQueues(Journal::resumeQueue);
    }

    /** What was opened is closed again when there cannot be both. */
    private Journal openQueues(BiConsumer<Journal, JournalQueue> opening) {
        try {
            for (JournalQueue queue : JournalQueue.values()) {
                opening.accept(this, queue);
            }
            return this;
        } catch (RuntimeException failure) {
            CloseHelper.quietClose(this);
            throw failure;
        }
    }

    /**
     * True when a directory holds an epoch of which something can be read; one whose start was
     * killed before that may be begun again.
     */
    public static boolean isBegun(Path epochDirectory) {
        for (JournalQueue queue : JournalQueue.values()) {
            if (HeadExcerpts.isWhole(queue.directory(epochDirectory))
                || hasEvents(epochDirectory, queue)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasEvents(Path epochDirectory, JournalQueue queue) {
        try (JournalTail tail = JournalTail.written(epochDirectory, queue)) {
            return tail.damageListener(damage -> { }).next();
        }
    }

    private void resumeQueue(JournalQueue queue) {
        if (hasEvents(directory, queue) || HeadExcerpts.isWhole(queue.directory(directory))) {
            continueQueue(queue);
        } else {
            IoUtil.delete(queue.directory(directory).toFile(), true);
            beginQueue(queue);
        }
    }

    private void continueQueue(JournalQueue queue) {
        try (JournalTail tail = JournalTail.written(directory, queue)) {
            openQueue(queue, tail.seekEnd()).continueAt(tail.position());
            publish(queue, tail.position());
        }
    }

    private void beginQueue(JournalQueue queue) {
        CycleAppender appender = openQueue(queue, 0);
        HeadExcerpts.append(appender, head);
        publish(queue, appender.position());
    }

    private CycleAppender openQueue(JournalQueue queue, long lastSequence) {
        Path queueDirectory = queue.directory(directory);
        try {
            Files.createDirectories(queueDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + queueDirectory, e);
        }
        CycleAppender appender = new CycleAppender(queueDirectory, queue, head.tradingDate(),
            context, watch);
        watch.file(appender.path());
        appenders[queue.ordinal()] = appender;
        lastSequences[queue.ordinal()] = lastSequence;
        return appender;
    }

    private void publish(JournalQueue queue, long position) {
        context.counters().counter(JournalWriter.label(queue, "position")).set(position);
    }

    /**
     * The one writer of a queue, continuing behind {@link #lastSequence(JournalQueue)}; its agent
     * closes nothing.
     */
    public JournalWriter writer(JournalQueue queue, EventReader reader) {
        CycleAppender appender = appenders[queue.ordinal()];
        WriterHoles side = queue == JournalQueue.OUTBOUND
            ? new OutboundHoles(reader.ring(), context, holes)
            : new InboundHoles(reader.ring(), appender, context, watch, holes, permit,
                holeEvents::set);
        return new JournalWriter(queue, appender, reader, context, lastSequence(queue), side);
    }

    /**
     * What must run beside the writers on a thread that is not hot: what forces at intervals, if it
     * is asked for. New ones at each call.
     */
    public List<Agent> companions() {
        List<Agent> companions = new ArrayList<>();
        if (context.sync() == JournalSync.INTERVAL) {
            for (JournalQueue queue : JournalQueue.values()) {
                companions.add(new JournalSyncer(appenders[queue.ordinal()].path(), queue, context,
                    System::nanoTime));
            }
        }
        return companions;
    }

    /** What watches the disk; it must run on a thread that no force keeps waiting. */
    public Agent watch() {
        return watch;
    }

    /**
     * Whether appending may go on behind a hole: not while nothing waits to save the state there.
     * True unless set; then good for one try. Any thread.
     */
    public void resumable(boolean isReady) {
        permit.give(isReady);
    }

    /**
     * Takes back that appending may go on; false when it may not, or the end of the hole was asked
     * for already. Any thread.
     */
    public boolean withdraw() {
        return permit.use();
    }

    /**
     * What the journal does not hold and is to be known of the last hole that ended: those of its
     * events that tell of securities and sessions, up to the last one in it; null before the
     * first. Any thread, once the event behind the hole is in the journal.
     */
    public KeptEvents holeEvents() {
        return holeEvents.get();
    }

    /**
     * All inbound events up to this sequence are in the journal or in a hole, while there is one.
     * Any thread.
     */
    public long decided() {
        return holes.decided();
    }

    /** Sequence of the last event that a queue held when it was opened, 0 for none. */
    public long lastSequence(JournalQueue queue) {
        return lastSequences[queue.ordinal()];
    }

    /** What the journal says about itself. */
    public JournalHead head() {
        return head;
    }

    /** Directory of the epoch. */
    public Path directory() {
        return directory;
    }

    /** The options, counters among them. */
    public JournalContext context() {
        return context;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(appenders);
    }

    /** Directory of a trading date's epoch. */
    public static Path directory(Path root, LocalDate tradingDate) {
        return root.resolve(tradingDate.toString());
    }

    /** True when a directory holds an epoch. */
    public static boolean exists(Path epochDirectory) {
        return !CycleFiles.list(JournalQueue.INBOUND.directory(epochDirectory)).isEmpty();
    }

    /** Trading dates of the epochs under a root, earliest first. */
    public static List<LocalDate> list(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Journal::exists).map(Journal::tradingDate)
                .filter(date -> date != null)
                .sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + root, e);
        }
    }

    /**
     * What the journal in a directory says about itself; refuses versions that this build does not
     * know.
     */
    public static JournalHead head(Path epochDirectory) {
        if (!exists(epochDirectory)) {
            throw new JournalException("there is no journal in " + epochDirectory);
        }
        return HeadExcerpts.read(epochDirectory);
    }

    /**
     * Refuses a journal of a version that this build does not know; one whose head is damaged is
     * let pass.
     *
     * @throws JournalException naming both versions, and what helps
     */
    public static void refuseUnknown(Path epochDirectory) {
        HeadExcerpts.readIfWhole(epochDirectory);
    }

    private static LocalDate tradingDate(Path epochDirectory) {
        try {
            return LocalDate.parse(epochDirectory.getFileName().toString());
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
