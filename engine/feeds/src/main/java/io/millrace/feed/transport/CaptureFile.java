// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.agrona.DirectBuffer;

/**
 * Walks a capture of any size in bounded memory: the UDP datagrams of a pcap or pcapng file, or the
 * messages of a BinaryFILE, gzipped or not. A file that was cut gives all it holds whole;
 * {@link #problem()} then says what was wrong and {@link #strayBytes()} how much is left over. Used
 * by one thread.
 *
 * <pre>
 *   try (CaptureFile capture = CaptureFile.open(path)) {
 *       while (capture.next()) {
 *           handler.onPacket(capture.buffer(), capture.offset(), capture.length(),
 *               capture.timeNs());
 *       }
 *   }
 * </pre>
 */
public final class CaptureFile implements AutoCloseable {
    /** Layers of gzip within gzip that are opened. */
    public static final int MAX_GZIP_DEPTH = 4;

    private static final int MAGIC_LENGTH = 4;
    private static final int GZIP_MAGIC = 0x1F8B;
    private static final int GZIP_BUFFER_LENGTH = 1 << 16;

    private final FileChannel channel;
    private final CaptureInput input;
    private final CaptureKind kind;
    private final CaptureRecords records;
    private final FrameDecoder frame = new FrameDecoder();
    private final long[] frames = new long[FrameKind.values().length];
    private final long fileLength;
    private String gzipProblem;
    private long frameNumber;
    private long strayBytes;
    private boolean holdsPayload;
    private boolean hasEnded;

    private CaptureFile(FileChannel channel) throws IOException {
        this.channel = channel;
        fileLength = channel.size();
        input = new CaptureInput(unpack(Channels.newInputStream(channel), 0));
        kind = kindOf(input);
        if (kind == CaptureKind.PCAP) {
            records = new PcapRecords(input);
        } else if (kind == CaptureKind.PCAPNG) {
            records = new PcapNgRecords(input);
        } else {
            records = new BinaryFileRecords(input);
        }
    }

    /** Opens a file and looks at its first bytes. */
    public static CaptureFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path);
        try {
            return new CaptureFile(channel);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /**
     * Moves to the next datagram or message; false at the end. Frames that hold no datagram are
     * counted only.
     */
    public boolean next() throws IOException {
        while (nextFrame()) {
            if (holdsPayload) {
                return true;
            }
        }
        return false;
    }

    /**
     * Moves to the next frame or message, even if it holds no datagram; false at the end. Offset
     * and length of a frame without one are those of the whole frame.
     */
    public boolean nextFrame() throws IOException {
        if (hasEnded) {
            return false;
        }
        if (!records.next()) {
            hasEnded = true;
            input.skip(Long.MAX_VALUE);
            strayBytes = input.position() - records.wholeLength();
            return false;
        }
        frameNumber++;
        holdsPayload = kind == CaptureKind.BINARY_FILE || decodeFrame();
        return true;
    }

    /** True when the frame holds a datagram, or the file holds messages. */
    public boolean holdsPayload() {
        return holdsPayload;
    }

    /** The memory of the datagram or message; valid until the next one. */
    public DirectBuffer buffer() {
        return input.buffer();
    }

    /** Where the payload of the datagram, or the message, begins. */
    public int offset() {
        return holdsMessages() || !holdsPayload ? records.offset() : frame.payloadOffset();
    }

    /** Bytes of the payload, or of the message. */
    public int length() {
        return holdsMessages() || !holdsPayload ? records.length() : frame.payloadLength();
    }

    /**
     * Ns since the Unix epoch at which the frame was captured, UNDEFINED when the file does not
     * tell.
     */
    public long timeNs() {
        return records.timeNs();
    }

    /**
     * Number of the frame, or of the message, in the file, from 1; frames without a datagram count
     * too.
     */
    public long frame() {
        return frameNumber;
    }

    /** Name of the interface that captured the frame, empty when the file tells none. */
    public String interfaceName() {
        return records.interfaceName();
    }

    /** Name of an interface by its place in the file, from 0, empty when there is none. */
    public String interfaceName(int index) {
        return records.interfaceName(index);
    }

    /** Description of the frame's interface, empty when the file tells none. */
    public String interfaceDescription() {
        return records.interfaceDescription();
    }

    /** Frames of that interface, just before this one, that the capture has lost. */
    public long lostBefore() {
        return records.lostBefore();
    }

    /** True when somebody wrote a remark on the frame. */
    public boolean hasComment() {
        return records.hasComment();
    }

    /** UDP port the datagram was sent to. */
    public int destinationPort() {
        return frame.destinationPort();
    }

    /**
     * IPv4 address the datagram was sent to as an unsigned number; of an IPv6 address the last
     * eight bytes.
     */
    public long destinationAddress() {
        return frame.destinationAddress();
    }

    /** The container, below any gzip. */
    public CaptureKind kind() {
        return kind;
    }

    /** True when the file holds messages instead of packets. */
    public boolean holdsMessages() {
        return kind == CaptureKind.BINARY_FILE;
    }

    /**
     * True when a BinaryFILE ended with its end-of-session mark, so that nothing can be missing
     * behind it.
     */
    public boolean hasEndMarker() {
        return records instanceof BinaryFileRecords && ((BinaryFileRecords) records).hasEndMarker();
    }

    /**
     * True when the file ends inside a record or compressed stream, or holds what cannot be read.
     */
    public boolean isCut() {
        return problem() != null;
    }

    /** What is wrong with the file, or null. Known once {@link #next()} was false. */
    public String problem() {
        if (gzipProblem != null) {
            return gzipProblem;
        }
        return input.problem() != null ? input.problem() : records.problem();
    }

    /** Bytes at the end that make no whole record. */
    public long strayBytes() {
        return strayBytes;
    }

    /** UDP datagrams so far, those that the capture holds only in part included. */
    public long datagrams() {
        return frames[FrameKind.DATAGRAM.ordinal()] + truncatedDatagrams();
    }

    /** Datagrams of which the capture holds only a part. */
    public long truncatedDatagrams() {
        return frames[FrameKind.TRUNCATED_DATAGRAM.ordinal()];
    }

    /** IP fragments, passed over. */
    public long fragments() {
        return frames[FrameKind.FRAGMENT.ordinal()];
    }

    /** TCP segments, passed over. */
    public long tcpSegments() {
        return frames[FrameKind.TCP.ordinal()];
    }

    /** Frames that hold neither UDP nor TCP over IP. */
    public long otherFrames() {
        return frames[FrameKind.OTHER.ordinal()];
    }

    /** Bytes of the file, as it lies on disk, that were read. */
    public long fileBytesRead() throws IOException {
        return channel.position();
    }

    /** Bytes of the file as it lies on disk. */
    public long fileLength() {
        return fileLength;
    }

    @Override
    public void close() throws IOException {
        input.close();
        channel.close();
    }

    private boolean decodeFrame() {
        FrameKind found = frame.decode(input.buffer(), records.offset(), records.length(),
            records.linkType());
        frames[found.ordinal()]++;
        return found == FrameKind.DATAGRAM || found == FrameKind.TRUNCATED_DATAGRAM;
    }

    private InputStream unpack(InputStream packed, int depth) throws IOException {
        PushbackInputStream whole = new PushbackInputStream(packed, 2);
        byte[] head = whole.readNBytes(2);
        whole.unread(head);
        boolean isGzip = head.length == 2
            && ((head[0] & 0xFF) << 8 | head[1] & 0xFF) == GZIP_MAGIC;
        if (!isGzip || depth == MAX_GZIP_DEPTH) {
            return whole;
        }
        try {
            return unpack(new GZIPInputStream(whole, GZIP_BUFFER_LENGTH), depth + 1);
        } catch (EOFException | ZipException damage) {
            gzipProblem = "compressed stream: " + damage.getMessage();
            return InputStream.nullInputStream();
        }
    }

    private static CaptureKind kindOf(CaptureInput input) throws IOException {
        if (!input.require(MAGIC_LENGTH)) {
            return CaptureKind.BINARY_FILE;
        }
        int magic = input.buffer().getInt(input.offset(), BIG_ENDIAN);
        if (PcapRecords.isMagic(magic)) {
            return CaptureKind.PCAP;
        }
        return magic == PcapNgRecords.SECTION ? CaptureKind.PCAPNG : CaptureKind.BINARY_FILE;
    }
}
