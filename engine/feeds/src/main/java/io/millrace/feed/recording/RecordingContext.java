// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.counter.Counters;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** Options of a recorder. Built by the control thread. */
public final class RecordingContext {
    /** Key of {@link #queueMb(int)}. */
    public static final String QUEUE_KEY = "recorder.queue-mb";
    /** Default of {@link #queueMb(int)}. */
    public static final int QUEUE_MB_DEFAULT = 16;
    /** Most of {@link #queueMb(int)}. */
    public static final int QUEUE_MB_LIMIT = 1_024;
    /** Key of {@link #minimumFreeMb(int)}. */
    public static final String MINIMUM_FREE_KEY = "recorder.minimum-free-mb";
    /** Default of {@link #minimumFreeMb(int)}. */
    public static final int MINIMUM_FREE_MB_DEFAULT = 512;

    /** Interfaces of one recording; position and number fit a byte. */
    static final int MAX_SOURCES = 120;

    private Path directory = Path.of("recordings");
    private LocalDate date = LocalDate.EPOCH;
    private int queueMb = QUEUE_MB_DEFAULT;
    private int minimumFreeMb = MINIMUM_FREE_MB_DEFAULT;
    private List<RecordedSource> lines = List.of();
    private List<RecordedSource> servers = List.of();
    private String configuration = "";
    private Counters counters;

    /** Folder of the files, one for each trading date. */
    public RecordingContext directory(Path folder) {
        directory = folder;
        return this;
    }

    /** The trading date that is recorded. */
    public RecordingContext date(LocalDate tradingDate) {
        date = tradingDate;
        return this;
    }

    /** Mebibytes between ingress and the recorder, a power of two from 1 to 1,024. */
    public RecordingContext queueMb(int mebibytes) {
        queueMb = mebibytes;
        return this;
    }

    /** Mebibytes of the file system below which recording pauses, 0 to 1,048,576. */
    public RecordingContext minimumFreeMb(int mebibytes) {
        minimumFreeMb = mebibytes;
        return this;
    }

    /** The lines of the ingress agent, in its order. */
    public RecordingContext lines(List<RecordedSource> ingressLines) {
        lines = List.copyOf(ingressLines);
        return this;
    }

    /** The request servers. */
    public RecordingContext servers(List<RecordedSource> requestServers) {
        servers = List.copyOf(requestServers);
        return this;
    }

    /** What an import must know, a line each: the recording carries it. */
    public RecordingContext configuration(String keysAndValues) {
        configuration = keysAndValues;
        return this;
    }

    /** Where the recorder's counters stand; in memory of its own unless set. */
    public RecordingContext counters(Counters engineCounters) {
        counters = engineCounters;
        return this;
    }

    Path file() {
        return RecordingFile.path(directory, date);
    }

    int queueLength() {
        return queueMb << 20;
    }

    long minimumFreeLength() {
        return (long) minimumFreeMb << 20;
    }

    List<RecordedSource> lines() {
        return lines;
    }

    List<RecordedSource> servers() {
        return servers;
    }

    String configuration() {
        return configuration;
    }

    Counters counters() {
        return counters;
    }

    /** Checks every option; a recorder concludes its context itself. */
    RecordingContext conclude() {
        if (Integer.bitCount(queueMb) != 1 || queueMb < 1 || queueMb > QUEUE_MB_LIMIT) {
            throw new IllegalArgumentException(QUEUE_KEY + ' ' + queueMb
                + " is not a power of two within 1 to " + QUEUE_MB_LIMIT);
        }
        if (minimumFreeMb < 0 || minimumFreeMb > 1 << 20) {
            throw new IllegalArgumentException(MINIMUM_FREE_KEY + ' ' + minimumFreeMb
                + " is not within 0 to " + (1 << 20));
        }
        if (lines.size() + servers.size() + 1 > MAX_SOURCES) {
            throw new IllegalArgumentException("more than " + MAX_SOURCES + " recorded sources");
        }
        int length = configuration.getBytes(UTF_8).length;
        if (length > PcapNgBlocks.MAX_OPTION_LENGTH) {
            throw new IllegalArgumentException("the configuration of " + length
                + " bytes is longer than the " + PcapNgBlocks.MAX_OPTION_LENGTH
                + " that a recording can hold");
        }
        if (counters == null) {
            counters = Counters.inMemory();
        }
        return this;
    }
}
