// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.server.config.NearestName;
import io.millrace.server.feed.FeedProtocol;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The flags of every verb that reads captures: which protocol, and which files. */
final class FeedFlag {
    @Option(names = "--feed", required = true, paramLabel = "PROTOCOL",
        description = {"Venue protocol of the files: itch50 (alone or within MoldUDP64),",
            "iex-tops (TOPS 1.6 and 1.5 within IEX-TP), iex-deep (DEEP 1.0 within IEX-TP)."})
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

    /** The protocol, once it is known to be one of ours. */
    FeedProtocol protocol() {
        return protocol(feed);
    }

    /** The protocol of a name. */
    static FeedProtocol protocol(String feed) {
        FeedProtocol protocol = FeedProtocol.of(feed);
        if (protocol == null) {
            List<String> known = FeedProtocol.labels();
            throw new UsageException("--feed: '" + feed + "' is not one of "
                + String.join(", ", known) + NearestName.question(feed, known));
        }
        return protocol;
    }

    /** What to say when nothing in the files was of the protocol. */
    String otherKind() {
        return "--feed: nothing in " + (files.size() == 1 ? files.get(0).toString()
            : "the " + files.size() + " files") + " is '" + feed + "'; is it one of "
            + String.join(", ", FeedProtocol.labels().stream()
            .filter(label -> !label.equals(feed)).toList()) + ", or no capture at all?";
    }

    /** The files. */
    List<Path> files() {
        return files;
    }
}
