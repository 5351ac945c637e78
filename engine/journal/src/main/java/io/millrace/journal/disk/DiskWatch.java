// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.disk;

import io.millrace.counter.Counters;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Asks the file system many times a second how much space is left and whether the journal's files
 * are still there, so that the writers learn it from a counter, whoever fills the disk. Runs on a
 * thread that is not hot; made and given its files before.
 */
public final class DiskWatch implements Agent {
    /** Label of the bytes that the journal's file system has left. */
    public static final String USABLE = "journal.disk.usable-bytes";
    /** Label of the bytes that the journal's file system has. */
    public static final String TOTAL = "journal.disk.total-bytes";
    /** Label of the {@link Room} as its ordinal. */
    public static final String ROOM = "journal.disk.room";

    private static final Room[] ROOMS = Room.values();
    private static final long SAMPLE_NS = 10_000_000L;
    /** Samples from one look at the files to the next. */
    private static final int FILES_EVERY = 10;

    private final LongSupplier usableBytes;
    private final long leastBytes;
    private final long resumeBytes;
    private final NanoClock clock;
    private final AtomicCounter usable;
    private final AtomicCounter room;
    private final Map<Path, Object> keyByFile = new LinkedHashMap<>();
    private long dueNs;
    private int sampleCount;

    /**
     * @param directory   that the journal is in
     * @param leastBytes  below which there is no room
     * @param resumeBytes from which there is room again
     */
    public DiskWatch(Path directory, long leastBytes, long resumeBytes, Counters counters) {
        this(directory.toFile()::getUsableSpace, leastBytes, resumeBytes, counters,
            System::nanoTime);
        File file = directory.toFile();
        counters.counter(TOTAL).set(file.getTotalSpace());
    }

    /** The same with space and time as somebody else tells them. */
    public DiskWatch(LongSupplier usableBytes, long leastBytes, long resumeBytes, Counters counters,
        NanoClock clock) {
        this.usableBytes = usableBytes;
        this.leastBytes = leastBytes;
        this.resumeBytes = resumeBytes;
        this.clock = clock;
        usable = counters.counter(USABLE);
        room = counters.counter(ROOM);
        dueNs = clock.nanoTime();
        sample();
    }

    /** Also looks whether a file that was just made is still the same. */
    public void file(Path path) {
        keyByFile.put(path, key(path));
    }

    @Override
    public int doWork() {
        if (clock.nanoTime() - dueNs < 0) {
            return 0;
        }
        sample();
        return 1;
    }

    /** Whether the file system has room as far as was seen last. Any thread. */
    public Room room() {
        return ROOMS[(int) room.get()];
    }

    /** True when there is so much room that appending may begin again. Any thread. */
    public boolean isRoomy() {
        return room() == Room.ENOUGH && usable.get() >= resumeBytes;
    }

    /** Bytes that were left when that was seen last. Any thread. */
    public long usableBytes() {
        return usable.get();
    }

    /** Bytes below which there is no room. */
    public long leastBytes() {
        return leastBytes;
    }

    @Override
    public String roleName() {
        return "disk-watch";
    }

    private void sample() {
        dueNs = clock.nanoTime() + SAMPLE_NS;
        long bytes = usableBytes.getAsLong();
        usable.setRelease(bytes);
        if (room() == Room.GONE || sampleCount++ % FILES_EVERY == 0 && !areFilesThere()) {
            room.setRelease(Room.GONE.ordinal());
        } else {
            room.setRelease((bytes < leastBytes ? Room.LOW : Room.ENOUGH).ordinal());
        }
    }

    private boolean areFilesThere() {
        for (Map.Entry<Path, Object> file : keyByFile.entrySet()) {
            Object key = key(file.getKey());
            if (key == null || !key.equals(file.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** What tells a file from another of the same name, or null when there is none. */
    private static Object key(Path path) {
        try {
            Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return key == null ? path : key;
        } catch (IOException e) {
            return null;
        }
    }
}
