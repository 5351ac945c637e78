// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recording;

import io.millrace.feed.transport.CaptureFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a recording tells of its run before the first packet.
 *
 * @param configuration as it was given to the recorder
 * @param startTimeNs   time of the first events
 */
public record RecordingHead(String configuration, long startTimeNs) {
    /** The head of a file, or null when it is no recording of ours. */
    public static RecordingHead of(Path file) throws IOException {
        try (CaptureFile capture = CaptureFile.open(file)) {
            return capture.nextFrame() && capture.interfaceName().equals(Recorder.CHAIN_TIME)
                ? new RecordingHead(capture.interfaceDescription(), capture.timeNs()) : null;
        }
    }
}
