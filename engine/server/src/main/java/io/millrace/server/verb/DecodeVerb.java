// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.feed.transport.CaptureFile;
import io.millrace.server.feed.FeedProtocol;
import io.millrace.server.json.JsonLines;
import io.millrace.server.json.WireLines;
import io.millrace.server.json.WireMessageJson;
import io.millrace.server.json.WireSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** `decode`: what the bytes say, one JSON line per wire message, in wire order. */
@Command(name = "decode", description = {"Print one JSON line per wire message, in wire order.",
    "Keys: type (the code), frame, i, sequence, then the fields of the sheet in lowerCamelCase."},
    footer = {"", "Examples:",
        "  millrace decode --feed itch50 day.itch50.gz | head",
        "  millrace decode --feed itch50 capture.pcap | jq -c 'select(.type == \"A\")'",
        "  millrace decode --feed iex-deep DEEP10.pcap.gz | jq -c 'select(.symbol == \"AAPL\")'",
        "The log ends with a sum. A file that was cut, or in which messages are missing, gives all",
        "it holds whole, and exit 1."})
public final class DecodeVerb implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private FeedFlag feed;

    /** @param terminal where data and log go */
    public DecodeVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        FeedProtocol protocol = feed.protocol();
        WireSummary summary = new WireSummary();
        JsonLines lines = new JsonLines(terminal.out());
        WireLines wire = new WireLines(protocol.framing(),
            new WireMessageJson(protocol.schema(), lines), summary);
        for (Path file : feed.files()) {
            try (CaptureFile capture = CaptureFile.open(file)) {
                wire.print(capture);
                if (capture.frame() == 0 && !capture.isCut()) {
                    terminal.log("decode: " + file + " is empty: nothing is in it");
                }
            }
        }
        lines.flush();
        terminal.log("decode: " + summary.line());
        if (summary.isOfOtherKind()) {
            terminal.log("decode: " + feed.otherKind());
            return ExitCode.FINDING;
        }
        return summary.isFinding() ? ExitCode.FINDING : ExitCode.OK;
    }
}
