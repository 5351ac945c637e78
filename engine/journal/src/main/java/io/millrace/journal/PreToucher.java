// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.counter.Counters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Keeps a queue's file written with zeros some way ahead of the appends, so that an append touches
 * pages that are there, and a full disk is an exception here and not a signal there. It writes at
 * the end of the file and nowhere else (the kernel appends), so it cannot hit what was appended
 * meanwhile. Runs on a thread of its own.
 */
public final class PreToucher implements Agent {
    private static final int ZEROS_LENGTH = 1 << 18;

    private final JournalQueue queue;
    private final long aheadLength;
    private final Path file;
    private final FileChannel channel;
    private final AtomicCounter position;
    private final AtomicCounter state;
    private final AtomicCounter touched;
    private final ByteBuffer zeros = BufferUtil.allocateDirectAligned(ZEROS_LENGTH, 4096);

    PreToucher(Path file, JournalQueue queue, JournalContext context) {
        Counters counters = context.counters();
        this.queue = queue;
        this.file = file;
        aheadLength = (long) context.preTouchMb() << 20;
        position = counters.counter(JournalWriter.label(queue, "position"));
        state = counters.counter(JournalWriter.label(queue, "state"));
        touched = counters.counter(JournalWriter.label(queue, "pretouched"));
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + file, e);
        }
    }

    @Override
    public int doWork() {
        try {
            if (channel.size() >= position.get() + aheadLength) {
                return 0;
            }
            zeros.clear();
            touched.getAndAddOrdered(channel.write(zeros));
            return 1;
        } catch (IOException e) {
            state.proposeMaxOrdered(JournalWriter.State.DISK_FULL.ordinal());
            return 0;
        }
    }

    /**
     * Writes the hole that a new file is made of behind its head, then ahead; only while nothing
     * can be appended.
     */
    void fill() {
        try (FileChannel hole = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long end = Math.min(hole.size(), position.get() + aheadLength);
            for (long at = position.get(); at < end; at += zeros.limit()) {
                zeros.clear().limit((int) Math.min(ZEROS_LENGTH, end - at));
                hole.write(zeros, at);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write ahead in " + file, e);
        }
        while (doWork() > 0) {
            continue;
        }
    }

    @Override
    public void onClose() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the pre-touched file", e);
        }
    }

    @Override
    public String roleName() {
        return queue == JournalQueue.INBOUND ? "pretouch-in" : "pretouch-out";
    }
}
