// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * What stands behind the last whole document of a queue and is none: the rest of an append that a
 * kill or a power loss cut off. Nothing whole stands behind it, or it would be damage in the
 * middle. After a power loss the queue library may also remember a place that was never written.
 * One thread; no engine may write the queue meanwhile.
 *
 * @param epochDirectory directory of the epoch
 * @param queue          the queue
 * @param file           the queue's last file
 * @param position       byte offset of the rest, where the next append belongs
 * @param byteCount      bytes up to the last that is not zero
 * @param lastSequence   last event before it, 0 when there is none
 * @param claimedLast    last event that it claims to hold, lastSequence when it tells none
 * @param isLibraryAhead true when the queue library would append behind a hole
 */
public record TornTail(Path epochDirectory, JournalQueue queue, Path file, long position,
    long byteCount, long lastSequence, long claimedLast, boolean isLibraryAhead) {
    private static final int PAGE_LENGTH = 1 << 12;

    /**
     * Looks for a rest at the end of a queue; reads only the end.
     *
     * @return empty when the queue ends with a whole document
     */
    public static Optional<TornTail> find(Path epochDirectory, JournalQueue queue) {
        Path directory = queue.directory(epochDirectory);
        List<Path> paths = CycleFiles.list(directory);
        if (paths.isEmpty()) {
            return Optional.empty();
        }
        try (CycleFiles files = new CycleFiles(directory, true)) {
            long last = files.seekSequence(Long.MAX_VALUE - 1) - 1;
            Path end = paths.get(paths.size() - 1);
            while (!files.path().equals(end) && files.openNext()) {
                continue;
            }
            TornTail torn = behind(epochDirectory, queue, end, files.walker(), last);
            return torn.isNone() ? Optional.empty() : Optional.of(torn);
        }
    }

    private static TornTail behind(Path epochDirectory, JournalQueue queue, Path file,
        ExcerptWalker walker, long lastBefore) {
        long libraryPosition = StructureCheck.writePosition(walker.file());
        long last = lastBefore;
        long lastPosition = walker.position();
        ExcerptWalker.Step step = walker.step();
        while (isWhole(step) || step != ExcerptWalker.Step.END_OF_FILE && isMoreBehind(walker)) {
            if (step == ExcerptWalker.Step.EXCERPT) {
                last = Math.max(last, walker.firstSequence() + walker.count() - 1);
            }
            if (isWhole(step)) {
                lastPosition = walker.position();
                walker.advance();
            }
            step = walker.step();
        }
        long position = walker.position();
        step = walker.step();
        long claimed = step == ExcerptWalker.Step.BROKEN ? walker.declaredLast(last + 1) : last;
        long byteCount = step == ExcerptWalker.Step.END_OF_FILE ? 0
            : writtenEnd(walker.file(), position) - position;
        return new TornTail(epochDirectory, queue, file, position, byteCount, last, claimed,
            step != ExcerptWalker.Step.END_OF_FILE && libraryPosition > lastPosition);
    }

    private boolean isNone() {
        return byteCount == 0 && !isLibraryAhead;
    }

    private static boolean isWhole(ExcerptWalker.Step step) {
        return step == ExcerptWalker.Step.EXCERPT || step == ExcerptWalker.Step.HEAD
            || step == ExcerptWalker.Step.STRUCTURE;
    }

    /** True, and there, when a whole excerpt stands behind what is none. */
    private static boolean isMoreBehind(ExcerptWalker walker) {
        return walker.resync(walker.position() + ExcerptWalker.WORD_LENGTH, Long.MAX_VALUE);
    }

    /** Behind the last byte that is not zero, at or behind a position. */
    private static long writtenEnd(CycleWindow file, long position) {
        long length = file.length();
        long end = position;
        for (long at = position; at < length; at += Long.BYTES) {
            int rest = (int) Math.min(Long.BYTES, length - at);
            if (!file.ensure(at, rest)) {
                return length;
            }
            at = Math.max(at, file.behindZeros(at));
            rest = (int) Math.min(Long.BYTES, length - at);
            for (int i = 0; i < rest && file.ensure(at, rest); i++) {
                end = file.buffer().getByte(file.offset(at) + i) == 0 ? end : at + i + 1;
            }
        }
        return end;
    }

    /**
     * Cuts it off. What stands before stays as it is, byte for byte; behind are zeros, as after a
     * clean close. Where the library would not find the end the file is written anew, and replaced
     * as a whole.
     */
    public void cut() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(position);
            long end = (position / PAGE_LENGTH + 2) * PAGE_LENGTH;
            ByteBuffer zeros = ByteBuffer.allocate((int) (end - position));
            while (zeros.hasRemaining()) {
                channel.write(zeros, end - zeros.remaining());
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot cut " + file, e);
        }
        if (isLibraryAhead) {
            CycleRewrite.rewrite(epochDirectory, queue, file);
        }
    }

    /** The same as a damage. */
    public Damage damage() {
        String rest = byteCount + " bytes of an append that was cut off";
        String library = "the queue library would append behind a hole";
        return new Damage(file, position, lastSequence + 1, claimedLast, "torn tail: "
            + (byteCount == 0 ? library : isLibraryAhead ? rest + ", and " + library : rest));
    }
}
