// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.journal.JournalQueue;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The flags of every verb that reads one queue of an epoch. */
final class QueueFlag {
    @Parameters(paramLabel = "DIR", description = "Epoch or root.")
    Path directory;

    @Option(names = "--queue", defaultValue = "INBOUND", paramLabel = "QUEUE",
        description =
            "inbound (what entered the chain, the default) or outbound (what it derived).")
    JournalQueue queue;
}
