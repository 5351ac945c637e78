// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.retention;

import io.millrace.journal.EpochLock;
import io.millrace.journal.InstrumentStore;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.journal.KeptEvents;
import io.millrace.journal.retention.DiskUse.Epoch;
import io.millrace.journal.retention.ReaderRegistry.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.agrona.ErrorHandler;
import org.agrona.IoUtil;

/**
 * Deletes epochs that a policy no longer keeps, and no others: not what a registered reader or
 * store has yet to confirm, not what is being written, not the latest, whose head tells all ids.
 * Control thread; one at a time for a root.
 */
public final class Pruner {
    private static final String GONE = ".pruned-";

    private final Path root;
    private final RetentionPolicy policy;
    private final ReaderRegistry readers;
    private final StoreRegistry stores;
    private final Function<Path, KeptEvents> kept;
    private final ErrorHandler errors;

    /**
     * @param kept   what is kept of an epoch's events, given its directory
     * @param errors hears of damage that is met
     */
    public Pruner(Path root, RetentionPolicy policy, Function<Path, KeptEvents> kept,
        ErrorHandler errors) {
        this.root = root;
        this.policy = policy;
        this.kept = kept;
        this.errors = errors;
        readers = new ReaderRegistry(root);
        stores = new StoreRegistry(root);
    }

    /** What becomes of an epoch. */
    public enum Fate {
        /** No limit asks for it to go. */
        KEPT,
        /** A limit does, and something holds it. */
        HELD,
        /** It goes. */
        DELETED
    }

    /**
     * What becomes of one epoch, and why.
     *
     * @param epoch  of the root
     * @param fate   what becomes of it
     * @param reason why
     */
    public record Verdict(Epoch epoch, Fate fate, String reason) {
    }

    /** What {@link #run()} would do now, epoch by epoch, earliest first. */
    public List<Verdict> plan() {
        DiskUse use = DiskUse.of(root);
        List<Verdict> verdicts = new ArrayList<>();
        long left = use.allocatedBytes();
        for (Epoch epoch : use.epochs()) {
            boolean isLatest = epoch == use.epochs().get(use.epochs().size() - 1);
            Verdict verdict = verdict(epoch, left, isLatest);
            left -= verdict.fate() == Fate.DELETED ? epoch.allocatedBytes() : 0;
            verdicts.add(verdict);
        }
        return verdicts;
    }

    /** Does what the plan says; what cannot be deleted is held, and all behind it goes on. */
    public List<Verdict> run() {
        List<Verdict> done = new ArrayList<>();
        List<Verdict> plan = plan();
        removeRests();
        if (plan.stream().anyMatch(verdict -> verdict.fate() == Fate.DELETED)) {
            InstrumentStore.keep(root, kept, errors);
        }
        for (Verdict verdict : plan) {
            done.add(verdict.fate() == Fate.DELETED ? delete(verdict) : verdict);
        }
        return done;
    }

    private Verdict verdict(Epoch epoch, long left, boolean isLatest) {
        String wanted = policy.isTooOld(epoch.date())
            ? "older than " + policy.days() + " days"
            : policy.isTooMuch(left) ? "more than " + policy.byteCount() + " bytes" : null;
        if (wanted == null) {
            return new Verdict(epoch, Fate.KEPT, "within the limits");
        }
        String holder = isLatest ? "the latest, whose head tells all ids" : holder(epoch);
        return holder == null ? new Verdict(epoch, Fate.DELETED, wanted)
            : new Verdict(epoch, Fate.HELD, wanted + ", but " + holder);
    }

    /** Who needs an epoch, or null. */
    private String holder(Epoch epoch) {
        String writer = EpochLock.holder(epoch.directory());
        if (writer != null) {
            return "written by process " + writer;
        }
        for (String name : readers.names()) {
            String missing = missing(name, epoch);
            if (missing != null) {
                return "reader " + name + " " + missing;
            }
        }
        for (String name : stores.names()) {
            if (!stores.isConfirmed(name, epoch.directory())) {
                return "store " + name + " has not confirmed it";
            }
        }
        return null;
    }

    private String missing(String name, Epoch epoch) {
        Map<JournalQueue, Position> confirmed;
        try {
            confirmed = readers.confirmed(name);
        } catch (JournalException damaged) {
            return "cannot be known: " + damaged.getMessage();
        }
        for (Map.Entry<JournalQueue, Position> queue : confirmed.entrySet()) {
            Position position = queue.getValue();
            if (position == null || position.isBefore(end(epoch, queue.getKey()))) {
                return "has confirmed " + queue.getKey().label() + " "
                    + (position == null ? "nothing"
                        : "up to " + position.sequence() + " of " + position.epoch());
            }
        }
        return null;
    }

    private static Position end(Epoch epoch, JournalQueue queue) {
        try (JournalTail tail = JournalTail.written(epoch.directory(), queue)) {
            return new Position(epoch.date(), tail.damageListener(damage -> { }).seekEnd());
        }
    }

    private Verdict delete(Verdict verdict) {
        String holder = holder(verdict.epoch());
        if (holder != null) {
            return new Verdict(verdict.epoch(), Fate.HELD, verdict.reason() + ", but " + holder);
        }
        EpochLock lock;
        try {
            lock = EpochLock.take(verdict.epoch().directory());
        } catch (JournalException written) {
            return new Verdict(verdict.epoch(), Fate.HELD, verdict.reason() + ", but "
                + written.getMessage());
        }
        try (lock) {
            remove(verdict.epoch().directory());
        }
        return verdict;
    }

    /** Goes out of sight as a whole first, so that no epoch is ever seen in part. */
    private void remove(Path directory) {
        Path gone = root.resolve(GONE + directory.getFileName());
        try {
            Files.move(directory, gone);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
        IoUtil.delete(gone.toFile(), false);
    }

    /** What a pruning that was killed left. */
    private void removeRests() {
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : entries.toList()) {
                if (entry.getFileName().toString().startsWith(GONE)) {
                    IoUtil.delete(entry.toFile(), false);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + root, e);
        }
    }
}
