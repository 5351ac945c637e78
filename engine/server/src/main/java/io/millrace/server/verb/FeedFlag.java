// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.server.config.NearestName;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The flags of every verb that reads captures: which protocol, and which files. */
final class FeedFlag {
    private static final List<String> KNOWN = List.of("itch50");

    @Option(names = "--feed", required = true, paramLabel = "PROTOCOL",
        description = "Venue protocol of the files: itch50 (alone or within MoldUDP64).")
    private String feed;

    @Parameters(arity = "1..*", paramLabel = "FILE",
        description = "Captures: BinaryFILE, pcap, pcapng, gzipped or not, told by magic.")
    private List<Path> files;

    @Option(names = "--simulated", description = "The files come from a simulator: events say so.")
    private boolean isSimulated;

    /** True when the files do not come from a real venue. */
    boolean isSimulated() {
        return isSimulated;
    }

    /** The files, once the protocol is known to be one of ours. */
    List<Path> files() {
        if (!KNOWN.contains(feed)) {
            throw new UsageException("--feed: '" + feed + "' is not one of "
                + String.join(", ", KNOWN)
                + "; did you mean " + NearestName.of(feed, KNOWN) + "?");
        }
        return files;
    }
}
