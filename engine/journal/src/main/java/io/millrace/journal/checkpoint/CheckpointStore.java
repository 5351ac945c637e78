// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.checkpoint;

import io.millrace.codec.event.ClockDecoder;
import io.millrace.engine.ChainPosition;
import io.millrace.engine.ChainState;
import io.millrace.engine.StateCapture;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.journal.KeptEvents;
import io.millrace.state.StateException;
import io.millrace.state.StateMemory;
import io.millrace.state.StateReader;
import io.millrace.state.StateSink;
import io.millrace.state.StateSource;
import io.millrace.state.StateWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.agrona.IoUtil;

/**
 * The checkpoints of an epoch, in {@code <epoch>/checkpoints}, one file each, named by the inbound
 * sequence behind which the state was. Several threads and processes may read while one writes.
 */
public final class CheckpointStore {
    private static final String NAME = "%019d.checkpoint";
    private static final String NAME_PATTERN = "[0-9]{19}\\.checkpoint";
    private static final int PIECE_LENGTH = 1 << 16;
    /** Inbound events that are read in a few seconds. */
    private static final long MOST_READ = 20_000_000;

    private final Path directory;
    private final int epoch;

    /**
     * Looks at nothing yet.
     *
     * @param epochDirectory directory of an epoch, whose name is its trading date
     * @throws JournalException when it has another name
     */
    public CheckpointStore(Path epochDirectory) {
        directory = epochDirectory.resolve(Journal.CHECKPOINTS);
        LocalDate date = date(epochDirectory.toAbsolutePath().normalize().getFileName().toString());
        epoch = (date.getYear() * 100 + date.getMonthValue()) * 100 + date.getDayOfMonth();
    }

    private static LocalDate date(String name) {
        try {
            return LocalDate.parse(name);
        } catch (DateTimeParseException e) {
            throw new JournalException("directory '" + name + "' is not named by its trading date,"
                + " as 2026-01-30 is; give it that name");
        }
    }

    /**
     * Keeps the state of a chain that is at rest: one that ended, or one whose caller runs it. At
     * sequence 0 it is the state that the day begins with. A checkpoint of the same place that
     * tells more, as one behind a hole does, stays.
     */
    public Checkpoint write(ChainState state) {
        return write(state, (KeptEvents) null);
    }

    /**
     * The same with the events that tell of securities and sessions.
     *
     * @param kept up to the chain's position; null, or of another place, is left out
     */
    public Checkpoint write(ChainState state, KeptEvents kept) {
        ChainPosition position = state.position();
        return write(state.shape(), position, position.inboundSequence() == 0, kept, state::save);
    }

    /**
     * Restores the kept events of the newest checkpoint that has some.
     *
     * @param kept         that they are restored into; empty without any
     * @param lastSequence inbound sequence behind which no checkpoint counts
     * @return false when there is none
     */
    public boolean kept(KeptEvents kept, long lastSequence, Consumer<String> refused) {
        List<Checkpoint> checkpoints = list(refused);
        for (int i = checkpoints.size() - 1; i >= 0; i--) {
            Checkpoint checkpoint = checkpoints.get(i);
            if (checkpoint.hasKept() && checkpoint.position().inboundSequence() <= lastSequence) {
                try {
                    restoreKept(checkpoint, kept);
                    return true;
                } catch (IOException | JournalException | StateException e) {
                    refused.accept(checkpoint.path() + " is refused: " + e.getMessage());
                }
            }
        }
        kept.clear();
        return false;
    }

    /** What the newest checkpoint of an epoch that has some keeps; empty without one. */
    public static KeptEvents newestKept(Path epochDirectory) {
        KeptEvents kept = new KeptEvents();
        new CheckpointStore(epochDirectory).kept(kept, Long.MAX_VALUE, refused -> { });
        return kept;
    }

    /**
     * What is to be kept of all events up to one: that of the newest checkpoint that has some, and
     * what the journal tells behind it.
     *
     * @param lastSequence inbound sequence of the last event that counts
     * @return null when too much would have to be read, or something is damaged, or a hole lies in
     *     between of which no checkpoint knows
     */
    public KeptEvents keptUpTo(long lastSequence) {
        KeptEvents kept = new KeptEvents();
        kept(kept, lastSequence, refused -> { });
        long known = kept.sequence();
        if (lastSequence - known > MOST_READ) {
            return null;
        }
        AtomicBoolean isUnknown = new AtomicBoolean();
        try (JournalTail tail = JournalTail.written(directory.getParent(), JournalQueue.INBOUND)
            .holeListener(hole -> isUnknown.set(isUnknown.get()
                || hole.gapSequence() > known && hole.gapSequence() <= lastSequence))) {
            boolean isMore = (known == 0 || tail.seekSequence(known + 1)) && tail.next();
            while (isMore && tail.event().sequence() <= lastSequence) {
                kept.onEvent(tail.event());
                isMore = tail.next();
            }
            return isUnknown.get() ? null : kept;
        } catch (JournalException damaged) {
            return null;
        }
    }

    /**
     * Restores the kept events of the checkpoint behind one inbound event.
     *
     * @return false, with what was kept unchanged, when there is none that has some
     */
    boolean keptAt(KeptEvents kept, long inboundSequence) {
        Checkpoint checkpoint = at(inboundSequence);
        if (checkpoint == null || !checkpoint.hasKept()) {
            return false;
        }
        try {
            restoreKept(checkpoint, kept);
            return true;
        } catch (IOException | JournalException | StateException e) {
            return false;
        }
    }

    /** The checkpoint behind one inbound event, or null without a head that can be read. */
    private Checkpoint at(long inboundSequence) {
        Path path = path(inboundSequence);
        try {
            return Files.exists(path) ? CheckpointFile.readHead(path) : null;
        } catch (JournalException damaged) {
            return null;
        }
    }

    /**
     * Keeps what a running chain captured behind a hole of the journal.
     *
     * @param state   of the chain
     * @param capture done, without failure
     * @param kept    up to the same event, with those of the hole; null when they are not known
     */
    public Checkpoint write(ChainState state, StateCapture capture, KeptEvents kept) {
        return write(state.shape(), capture.position(), true, kept,
            sink -> copy(capture.source(), sink));
    }

    /** What there is, by sequence; files whose head is damaged are left out. */
    public List<Checkpoint> list() {
        return list(reason -> { });
    }

    /**
     * Restores the newest checkpoint that may be and can be: one that is damaged or of another
     * shape gives way to the next older one.
     *
     * @param state     of a pipeline that is at rest
     * @param isAllowed whether a checkpoint of this position may be taken
     * @param refused   told why a checkpoint was not taken
     * @return position of the state, null when the chain is left as it was
     */
    public ChainPosition restore(ChainState state, Predicate<ChainPosition> isAllowed,
        Consumer<String> refused) {
        List<Checkpoint> checkpoints = list(refused);
        StateMemory before = null;
        for (int i = checkpoints.size() - 1; i >= 0; i--) {
            Checkpoint checkpoint = checkpoints.get(i);
            if (isAllowed.test(checkpoint.position())) {
                before = before == null ? remember(state) : before;
                if (restore(checkpoint, state, before, refused)) {
                    return checkpoint.position();
                }
            }
        }
        return null;
    }

    /**
     * Restores the checkpoint behind one inbound event.
     *
     * @return false when there is none, or none that can be restored: the chain is left as it was
     */
    public boolean restoreAt(ChainState state, long inboundSequence, Consumer<String> refused) {
        Path path = path(inboundSequence);
        if (!Files.exists(path)) {
            return false;
        }
        try {
            return restore(CheckpointFile.readHead(path), state, remember(state), refused);
        } catch (JournalException damaged) {
            refused.accept(damaged.getMessage());
            return false;
        }
    }

    /**
     * Deletes checkpoints behind an inbound sequence: the journal that they came from lost what led
     * to them. Returns their number.
     */
    public int discardAfter(long inboundSequence) {
        int count = 0;
        for (Checkpoint checkpoint : list()) {
            if (checkpoint.position().inboundSequence() > inboundSequence) {
                delete(checkpoint);
                count++;
            }
        }
        return count;
    }

    /**
     * Deletes checkpoints until all together are no more bytes than they may be: each time the one
     * whose neighbours are closest. Anchors, and the newest, stay. Returns the number deleted.
     */
    public int thin(long maxBytes) {
        List<Checkpoint> checkpoints = list();
        long byteCount = checkpoints.stream().mapToLong(Checkpoint::byteCount).sum();
        int count = 0;
        for (int index = mostCrowded(checkpoints); byteCount > maxBytes && index >= 0;
            index = mostCrowded(checkpoints)) {
            Checkpoint crowded = checkpoints.remove(index);
            byteCount -= crowded.byteCount();
            delete(crowded);
            count++;
        }
        return count;
    }

    /** Deletes what a process that was killed left unfinished; nobody else may be writing. */
    public void deleteUnfinished() {
        for (Path path : files(CheckpointFile::isTemporary)) {
            IoUtil.delete(path.toFile(), true);
        }
    }

    /** Deletes a checkpoint. */
    public void delete(Checkpoint checkpoint) {
        try {
            Files.deleteIfExists(checkpoint.path());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + checkpoint.path(), e);
        }
    }

    /** Directory of the files. */
    public Path directory() {
        return directory;
    }

    private Checkpoint write(String shape, ChainPosition position, boolean isAnchor,
        KeptEvents kept, Consumer<StateSink> state) {
        boolean hasKept = kept != null && kept.isKnown()
            && kept.sequence() == position.inboundSequence();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + directory, e);
        }
        Checkpoint there = at(position.inboundSequence());
        if (there != null && there.position().equals(position)
            && (there.isAnchor() && !isAnchor || there.hasKept() && !hasKept)) {
            return there;
        }
        return CheckpointFile.write(new Checkpoint(path(position.inboundSequence()), position,
            isAnchor, hasKept, epoch, ClockDecoder.SCHEMA_VERSION, shape, 0), sink -> {
                if (hasKept) {
                    StateWriter writer = new StateWriter(sink);
                    kept.save(writer);
                    writer.flush();
                }
                state.accept(sink);
            });
    }

    private Path path(long inboundSequence) {
        return directory.resolve(String.format(NAME, inboundSequence));
    }

    private List<Checkpoint> list(Consumer<String> refused) {
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (Path path : files(CheckpointStore::isCheckpoint)) {
            try {
                checkpoints.add(CheckpointFile.readHead(path));
            } catch (JournalException damaged) {
                refused.accept(damaged.getMessage());
            }
        }
        checkpoints.sort(
            Comparator.comparingLong(checkpoint -> checkpoint.position().inboundSequence()));
        return checkpoints;
    }

    private static boolean isCheckpoint(Path path) {
        return path.getFileName().toString().matches(NAME_PATTERN);
    }

    private List<Path> files(Predicate<Path> isWanted) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(isWanted).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    private boolean restore(Checkpoint checkpoint, ChainState state, StateMemory before,
        Consumer<String> refused) {
        String misfit = misfit(checkpoint, state);
        if (misfit != null) {
            refused.accept(checkpoint.path() + " does not fit: " + misfit);
            return false;
        }
        try (FileChannel channel = CheckpointFile.openState(checkpoint)) {
            StateReader reader = new StateReader(piece -> read(channel, piece));
            if (checkpoint.hasKept()) {
                new KeptEvents().restore(reader);
            }
            state.restore(reader);
            if (!state.position().equals(checkpoint.position())) {
                throw new StateException("the state is of " + state.position());
            }
            return true;
        } catch (IOException | JournalException | StateException e) {
            refused.accept(checkpoint.path() + " is refused: " + e.getMessage());
            state.restore(before.source());
            return false;
        }
    }

    /** Why a checkpoint is not for this chain, or null. */
    private String misfit(Checkpoint checkpoint, ChainState state) {
        if (checkpoint.epoch() != epoch) {
            return "it is of the trading date " + checkpoint.epoch();
        }
        if (checkpoint.schemaVersion() > ClockDecoder.SCHEMA_VERSION) {
            return "schema version " + checkpoint.schemaVersion() + ", this build reads up to "
                + ClockDecoder.SCHEMA_VERSION;
        }
        List<String> own = state.shape().lines().toList();
        List<String> others = checkpoint.shape().lines().filter(line -> !own.contains(line))
            .toList();
        return checkpoint.shape().equals(state.shape()) ? null
            : "it has " + others + ", here it is " + own;
    }

    /** Index of the checkpoint that is missed least, -1 when all must stay. */
    private static int mostCrowded(List<Checkpoint> checkpoints) {
        int index = -1;
        long leastDistance = Long.MAX_VALUE;
        for (int i = 0; i < checkpoints.size() - 1; i++) {
            long before = i == 0 ? 0 : checkpoints.get(i - 1).position().inboundSequence();
            long distance = checkpoints.get(i + 1).position().inboundSequence() - before;
            if (!checkpoints.get(i).isAnchor() && distance < leastDistance) {
                index = i;
                leastDistance = distance;
            }
        }
        return index;
    }

    private static StateMemory remember(ChainState state) {
        StateMemory memory = StateMemory.growing();
        state.save(memory);
        return memory;
    }

    private static void copy(StateSource source, StateSink sink) {
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_LENGTH);
        source.read(piece);
        while (piece.flip().hasRemaining()) {
            sink.write(piece);
            source.read(piece.clear());
        }
    }

    private static void restoreKept(Checkpoint checkpoint, KeptEvents kept) throws IOException {
        try (FileChannel channel = CheckpointFile.openState(checkpoint)) {
            kept.restore(new StateReader(piece -> read(channel, piece)));
        }
    }

    private static void read(FileChannel channel, ByteBuffer piece) {
        try {
            channel.read(piece);
        } catch (IOException e) {
            throw new StateException("cannot be read", e);
        }
    }
}
