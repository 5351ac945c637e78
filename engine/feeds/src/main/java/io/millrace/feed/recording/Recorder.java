// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Writes what the ingress thread works on into the pcapng file of the trading date: each line and
 * each request server as an interface of its own, and the times at which time alone did something.
 * When the disk has no room or refuses, recording pauses: what comes is counted as lost and told by
 * the next packet that is written, and a second later it is tried again. Runs on a thread of its
 * own; {@link #queue()} is the ingress thread's side.
 */
public final class Recorder implements Agent {
    /** Name of the interface of times; it is the first of a recording. */
    public static final String CHAIN_TIME = "chain-time";

    private static final int RECORDS_PER_DUTY = 512;
    private static final int BUFFER_LENGTH = 1 << 20;
    private static final long RETRY_NS = 1_000_000_000L;

    private final RecordingContext context;
    private final RecordingQueue queue;
    private final RecordingFile file;
    private final EpochNanoClock clock;
    private final ErrorHandler errors;
    private final MessageHandler handler = this::onRecord;
    private final PcapNgBlocks blocks = new PcapNgBlocks(BUFFER_LENGTH);
    private final UnsafeBuffer noHeader = new UnsafeBuffer(new byte[0]);
    private final DatagramHeader[] headers;
    /** Of each source: records in memory with the losses they tell of. */
    private final int[] unwritten;
    /** Of each source: records lost that none in memory or in the file tells of. */
    private final int[] untold;
    private final AtomicCounter packets;
    private final AtomicCounter bytes;
    private final AtomicCounter lostOnDisk;
    private final AtomicCounter pauses;
    private int inMemory;
    private boolean isPaused;
    private long pausedNs;

    /**
     * Opens the file and begins a section of it.
     *
     * @param clock  paces the tries while the disk is full
     * @param errors hears once of each time that the disk became full
     * @throws IOException when the file cannot be opened or written
     */
    public Recorder(RecordingContext context, EpochNanoClock clock, ErrorHandler errors)
        throws IOException {
        this(context, clock, errors, () -> RecordingFile.usableLength(context.file()));
    }

    Recorder(RecordingContext context, EpochNanoClock clock, ErrorHandler errors, DiskSpace space)
        throws IOException {
        this.context = context.conclude();
        this.clock = clock;
        this.errors = errors;
        queue = new RecordingQueue(context);
        List<RecordedSource> lines = context.lines();
        int count = 1 + lines.size() + context.servers().size();
        headers = new DatagramHeader[count];
        unwritten = new int[count];
        untold = new int[count];
        packets = context.counters().counter("recorder.packets");
        bytes = context.counters().counter("recorder.bytes");
        lostOnDisk = context.counters().counter("recorder.lost-by-full-disk");
        pauses = context.counters().counter("recorder.pauses");
        describe();
        file = RecordingFile.open(context.file(), space);
        try {
            file.append(blocks.written(), context.minimumFreeLength());
        } catch (IOException failure) {
            file.close();
            throw failure;
        }
        blocks.clear();
    }

    /** Where the ingress thread puts what it works on. */
    public RecordingQueue queue() {
        return queue;
    }

    /** The file of the trading date. */
    public Path path() {
        return file.path();
    }

    /** Bytes of a block that an earlier run had begun and not ended; they were taken off. */
    public long cutLength() {
        return file.cutLength();
    }

    /** Packets and times in the file. Any thread. */
    public long recorded() {
        return packets.get();
    }

    /** Packets and times that are not in the file. Any thread. */
    public long lost() {
        return queue.lost() + lostOnDisk.get();
    }

    @Override
    public int doWork() {
        if (isPaused && clock.nanoTime() - pausedNs >= RETRY_NS) {
            isPaused = !hasSpace();
            pausedNs = clock.nanoTime();
        }
        int count = queue.poll(handler, RECORDS_PER_DUTY);
        return count > 0 ? count : flush();
    }

    @Override
    public void onClose() {
        while (queue.poll(handler, RECORDS_PER_DUTY) > 0) {
            flush();
        }
        flush();
        try {
            file.close();
        } catch (IOException failure) {
            errors.onError(failure);
        }
    }

    @Override
    public String roleName() {
        return "recorder";
    }

    private void describe() {
        blocks.section("millrace recorder");
        blocks.interfaceBlock(PcapNgBlocks.USER0, CHAIN_TIME, context.configuration());
        int source = 1;
        for (RecordedSource line : context.lines()) {
            headers[source++] = DatagramHeader.to(line.address());
            blocks.interfaceBlock(PcapNgBlocks.RAW, line.name(), line.description());
        }
        for (RecordedSource server : context.servers()) {
            headers[source++] = DatagramHeader.from(server.address());
            blocks.interfaceBlock(PcapNgBlocks.RAW, server.name(), server.description());
        }
    }

    private void onRecord(int kind, DirectBuffer buffer, int offset, int length) {
        int source = buffer.getInt(offset + RecordingQueue.SOURCE_OFFSET);
        untold[source] += buffer.getInt(offset + RecordingQueue.LOST_OFFSET);
        int content = length - RecordingQueue.CONTENT_OFFSET;
        if (!blocks.hasRoom(PcapNgBlocks.packetLength(DatagramHeader.MAX_LENGTH + content))) {
            flush();
        }
        if (isPaused) {
            untold[source]++;
            lostOnDisk.incrementRelease();
            return;
        }
        UnsafeBuffer header = source == RecordingQueue.CHAIN ? noHeader
            : headers[source].of(content);
        blocks.packet(source, buffer.getLong(offset + RecordingQueue.TIME_OFFSET), header, buffer,
            offset + RecordingQueue.CONTENT_OFFSET, content);
        if (kind == RecordingQueue.DISCARDED) {
            blocks.discarded();
        }
        blocks.endPacket(untold[source]);
        unwritten[source] += 1 + untold[source];
        untold[source] = 0;
        inMemory++;
    }

    private int flush() {
        if (blocks.isEmpty()) {
            return 0;
        }
        ByteBuffer written = blocks.written();
        int length = written.remaining();
        try {
            file.append(written, context.minimumFreeLength());
            packets.getAndAddRelease(inMemory);
            bytes.getAndAddRelease(length);
        } catch (IOException full) {
            pause(full);
        }
        blocks.clear();
        Arrays.fill(unwritten, 0);
        inMemory = 0;
        return 1;
    }

    private void pause(IOException cause) {
        isPaused = true;
        pausedNs = clock.nanoTime();
        pauses.incrementRelease();
        lostOnDisk.getAndAddRelease(inMemory);
        for (int i = 0; i < untold.length; i++) {
            untold[i] += unwritten[i];
        }
        errors.onError(new IOException("recording pauses: " + cause.getMessage(), cause));
    }

    private boolean hasSpace() {
        try {
            return file.hasSpace(BUFFER_LENGTH, context.minimumFreeLength());
        } catch (IOException unknown) {
            return false;
        }
    }
}
