// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.checkpoint;

import static io.millrace.journal.checkpoint.CheckpointDescriptor.ANCHOR;
import static io.millrace.journal.checkpoint.CheckpointDescriptor.CRC_OFFSET;
import static io.millrace.journal.checkpoint.CheckpointDescriptor.EPOCH_OFFSET;
import static io.millrace.journal.checkpoint.CheckpointDescriptor.FLAGS_OFFSET;
import static io.millrace.journal.checkpoint.CheckpointDescriptor.FORMAT;
import static io.millrace.journal.checkpoint.CheckpointDescriptor.FORMAT_OFFSET;
import static io.millrace.journal.checkpoint.CheckpointDescriptor.INBOUND_OFFSET;
import static io.millrace.journal.checkpoint.CheckpointDescriptor.KEPT;
import static io.millrace.journal.checkpoint.CheckpointDescriptor.MAGIC;
import static io.millrace.journal.checkpoint.CheckpointDescriptor.MAX_SHAPE_LENGTH;
import static io.millrace.journal.checkpoint.CheckpointDescriptor.OUTBOUND_OFFSET;
import static io.millrace.journal.checkpoint.CheckpointDescriptor.SCHEMA_OFFSET;
import static io.millrace.journal.checkpoint.CheckpointDescriptor.SHAPE_LENGTH_OFFSET;
import static io.millrace.journal.checkpoint.CheckpointDescriptor.SHAPE_OFFSET;
import static io.millrace.journal.checkpoint.CheckpointDescriptor.STATE_CRC_OFFSET;
import static io.millrace.journal.checkpoint.CheckpointDescriptor.STATE_LENGTH_OFFSET;
import static io.millrace.journal.checkpoint.CheckpointDescriptor.TIME_OFFSET;
import static io.millrace.journal.checkpoint.CheckpointDescriptor.stateOffset;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.millrace.engine.ChainPosition;
import io.millrace.journal.JournalException;
import io.millrace.state.StateSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.agrona.IoUtil;

/**
 * One checkpoint's file. It is written under another name, forced, and renamed, so that under its
 * own name it is whole or not there; whoever reads it believes only what its checks bear out. One
 * thread.
 */
final class CheckpointFile {
    private static final String TEMPORARY = ".new";
    private static final int PIECE_LENGTH = 1 << 16;

    private CheckpointFile() {
    }

    /** Writes what the checkpoint says and the state, and gives the file its name. */
    static Checkpoint write(Checkpoint checkpoint, Consumer<StateSink> state) {
        Path temporary = temporary(checkpoint.path());
        byte[] shape = checkpoint.shape().getBytes(UTF_8);
        try (FileChannel channel =
            FileChannel.open(temporary, CREATE, WRITE, TRUNCATE_EXISTING)) {
            int start = stateOffset(shape.length);
            channel.position(start);
            CRC32C crc = new CRC32C();
            state.accept(piece -> append(channel, piece, crc));
            long length = channel.position() - start;
            writeFully(channel.position(0), head(checkpoint, shape, length, crc.getValue()));
            channel.force(true);
        } catch (IOException e) {
            remove(temporary);
            throw new UncheckedIOException("cannot write " + temporary, e);
        } catch (RuntimeException e) {
            remove(temporary);
            throw e;
        }
        rename(temporary, checkpoint.path());
        return readHead(checkpoint.path());
    }

    /**
     * What a file's head says.
     *
     * @throws JournalException when it is no checkpoint, damaged, or of another format
     */
    static Checkpoint readHead(Path path) {
        try (FileChannel channel = FileChannel.open(path, READ)) {
            ByteBuffer fixed = read(channel, 0, SHAPE_OFFSET, path);
            int shapeLength = fixed.getInt(SHAPE_LENGTH_OFFSET);
            if (fixed.getLong(0) != MAGIC || shapeLength < 0 || shapeLength > MAX_SHAPE_LENGTH) {
                throw new JournalException(path + " is no checkpoint, or damaged");
            }
            ByteBuffer head = read(channel, 0, stateOffset(shapeLength), path);
            if ((int) headCrc(head) != head.getInt(CRC_OFFSET)) {
                throw new JournalException(path + " has a damaged head");
            }
            if (head.getInt(FORMAT_OFFSET) != FORMAT) {
                throw new JournalException(path + " has format " + head.getInt(FORMAT_OFFSET)
                    + ", this build reads " + FORMAT);
            }
            if (head.capacity() + head.getLong(STATE_LENGTH_OFFSET) != channel.size()) {
                throw new JournalException(path + " has not the length that it says");
            }
            return checkpoint(path, head, shapeLength, channel.size());
        } catch (IOException e) {
            throw new JournalException(path + " cannot be read: " + e);
        }
    }

    /**
     * Opens a file at its state, after a check of every byte.
     *
     * @throws JournalException when the state is damaged
     */
    static FileChannel openState(Checkpoint checkpoint) throws IOException {
        FileChannel channel = FileChannel.open(checkpoint.path(), READ);
        try {
            ByteBuffer fixed = read(channel, 0, SHAPE_OFFSET, checkpoint.path());
            long start = stateOffset(fixed.getInt(SHAPE_LENGTH_OFFSET));
            CRC32C crc = new CRC32C();
            ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_LENGTH);
            channel.position(start);
            while (channel.read(piece) > 0) {
                crc.update(piece.flip());
                piece.clear();
            }
            if ((int) crc.getValue() != fixed.getInt(STATE_CRC_OFFSET)) {
                throw new JournalException(checkpoint.path() + " has a damaged state");
            }
            return channel.position(start);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Space for what is no checkpoint is space that the journal lacks. */
    private static void remove(Path temporary) {
        IoUtil.deleteIfExists(temporary.toFile());
    }

    /** True for one that was not finished. */
    static boolean isTemporary(Path path) {
        return path.getFileName().toString().endsWith(TEMPORARY);
    }

    private static Path temporary(Path path) {
        return path.resolveSibling(path.getFileName() + TEMPORARY);
    }

    private static ByteBuffer head(Checkpoint checkpoint, byte[] shape, long stateLength,
        long stateCrc) {
        ChainPosition position = checkpoint.position();
        ByteBuffer head = ByteBuffer.allocate(stateOffset(shape.length))
            .order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(0, MAGIC)
            .putInt(FORMAT_OFFSET, FORMAT)
            .putInt(EPOCH_OFFSET, checkpoint.epoch())
            .putShort(SCHEMA_OFFSET, (short) checkpoint.schemaVersion())
            .putShort(FLAGS_OFFSET, flags(checkpoint))
            .putLong(INBOUND_OFFSET, position.inboundSequence())
            .putLong(OUTBOUND_OFFSET, position.outboundSequence())
            .putLong(TIME_OFFSET, position.receiveTimeNs())
            .putLong(STATE_LENGTH_OFFSET, stateLength)
            .putInt(STATE_CRC_OFFSET, (int) stateCrc)
            .putInt(SHAPE_LENGTH_OFFSET, shape.length)
            .put(SHAPE_OFFSET, shape);
        return head.putInt(CRC_OFFSET, (int) headCrc(head));
    }

    private static Checkpoint checkpoint(Path path, ByteBuffer head, int shapeLength,
        long byteCount) {
        ChainPosition position = new ChainPosition(head.getLong(INBOUND_OFFSET),
            head.getLong(OUTBOUND_OFFSET), head.getLong(TIME_OFFSET));
        byte[] shape = new byte[shapeLength];
        head.get(SHAPE_OFFSET, shape);
        int flags = head.getShort(FLAGS_OFFSET);
        return new Checkpoint(path, position, (flags & ANCHOR) != 0, (flags & KEPT) != 0,
            head.getInt(EPOCH_OFFSET), head.getShort(SCHEMA_OFFSET) & 0xFFFF,
            new String(shape, UTF_8), byteCount);
    }

    private static short flags(Checkpoint checkpoint) {
        return (short) ((checkpoint.isAnchor() ? ANCHOR : 0)
            | (checkpoint.hasKept() ? KEPT : 0));
    }

    private static long headCrc(ByteBuffer head) {
        CRC32C crc = new CRC32C();
        crc.update(head.duplicate().position(FORMAT_OFFSET).limit(head.capacity()));
        return crc.getValue();
    }

    private static void append(FileChannel channel, ByteBuffer piece, CRC32C crc) {
        crc.update(piece.duplicate());
        try {
            writeFully(channel, piece);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a checkpoint's state", e);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static ByteBuffer read(FileChannel channel, long position, int length, Path path)
        throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) <= 0) {
                throw new JournalException(path + " is cut off");
            }
        }
        return bytes.flip();
    }

    /** The name is on disk when the directory is. */
    private static void rename(Path temporary, Path path) {
        try {
            Files.move(temporary, path, ATOMIC_MOVE);
            try (FileChannel directory = FileChannel.open(path.getParent(), READ)) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot name " + path, e);
        }
    }
}
