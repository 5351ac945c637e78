// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ValueRule.integer;
import static io.millrace.server.config.ValueRule.oneOf;
import static io.millrace.server.config.ValueRule.powerOfTwo;
import static io.millrace.server.config.ValueRule.text;

import io.millrace.feed.recording.RecordingContext;
import java.util.List;

/** The options of the raw recorder; part of the table in {@link ConfigOptions}. */
public final class RecorderOptions {
    public static final String RECORDER_ENABLED = "recorder.enabled";
    public static final String RECORDER_DIRECTORY = "recorder.directory";
    public static final String RECORDER_QUEUE = RecordingContext.QUEUE_KEY;
    public static final String RECORDER_MINIMUM_FREE = RecordingContext.MINIMUM_FREE_KEY;

    static final List<ConfigOption> ALL = List.of(
        new ConfigOption(RECORDER_ENABLED, "false", oneOf("true", "false"),
            "Record the datagrams of all lines and request servers as pcapng, beside the journal."),
        new ConfigOption(RECORDER_DIRECTORY, "recordings", text(4096),
            "Folder of the recordings; one file per trading date."),
        new ConfigOption(RECORDER_QUEUE, Integer.toString(RecordingContext.QUEUE_MB_DEFAULT),
            powerOfTwo(1, RecordingContext.QUEUE_MB_LIMIT),
            "Mebibytes between ingress and the recorder; when full, the recording loses packets,"
                + " never the feed."),
        new ConfigOption(RECORDER_MINIMUM_FREE,
            Integer.toString(RecordingContext.MINIMUM_FREE_MB_DEFAULT), integer(0, 1 << 20),
            "Mebibytes that stay free on the disk; below, recording pauses and counts what it"
                + " loses."));

    private RecorderOptions() {
    }
}
