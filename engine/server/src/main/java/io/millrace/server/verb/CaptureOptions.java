// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.server.config.Configuration;
import io.millrace.server.feed.FeedProtocol;
import io.millrace.server.run.RecordedOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What captures of one date are read by: the options given, of a recording those of its run where
 * no others are given.
 *
 * @param configuration in force
 * @param isSimulated   true when events say so
 */
record CaptureOptions(Configuration configuration, boolean isSimulated) {
    static CaptureOptions of(List<Path> files, FeedProtocol protocol, boolean isSimulated,
        ConfigurationFlags flags, Terminal terminal) throws IOException {
        RecordedOptions recorded = RecordedOptions.of(files.get(0));
        for (Path file : files) {
            if ((RecordedOptions.of(file) == null) != (recorded == null)) {
                throw new UsageException(file + " and " + files.get(0) + " are of one date, but"
                    + " only one is a recording; give them one by one");
            }
        }
        if (recorded == null) {
            return new CaptureOptions(flags.load(terminal, Map.of()), isSimulated);
        }
        if (!recorded.has(protocol)) {
            throw new UsageException("--feed: " + files.get(0) + " is a recording without '"
                + protocol.label() + "'");
        }
        return new CaptureOptions(flags.load(terminal, recorded.preset()),
            isSimulated || recorded.isSimulated());
    }
}
