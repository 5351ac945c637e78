// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.event.EventView;
import io.millrace.instrument.Venue;
import io.millrace.journal.compare.ChannelComparison;
import io.millrace.journal.compare.ChannelComparison.Declared;
import io.millrace.journal.compare.ChannelComparison.Run;
import io.millrace.journal.compare.ChannelComparison.Runs;
import io.millrace.server.json.EventJson;
import io.millrace.server.json.JsonLines;
import io.millrace.server.verb.Terminal;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells how the channels of a capture compare with a journal. One thread. */
final class ChannelText {
    private final Terminal terminal;

    ChannelText(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(ChannelComparison channel) throws IOException {
        terminal.print(name(channel.venueId(), channel.channelId()) + ": "
            + channel.equalCount() + " equal events, " + channel.differences().count()
            + " differ, " + channel.onlyInCapture().count() + " missing in the journal, "
            + channel.onlyInJournal().count() + " only in the journal\n");
        print("missing in the journal", channel.onlyInCapture());
        print("only in the journal", channel.onlyInJournal());
        if (channel.differences().count() > 0) {
            print("capture", channel.differences().capture());
            print("journal", channel.differences().journal());
        }
        if (channel.captureGaps().count() > 0) {
            terminal.print("  gaps of the capture: " + channel.captureGaps().count() + " with "
                + channel.captureGaps().messages() + " messages\n");
        }
        print(channel.declared());
        if (channel.equalCount() == 0) {
            terminal.print("  nothing is equal; the journal has "
                + names(channel.channelsOfJournal())
                + ": are --feed.venue, --feed.channel, --simulated and --date right?\n");
        }
    }

    /** Channels of the journal of which nothing was compared; no difference. */
    void printOthers(Set<Integer> others) throws IOException {
        if (!others.isEmpty()) {
            terminal.print("not in the capture: " + names(others) + "\n");
        }
    }

    private void print(Declared declared) throws IOException {
        if (declared.gaps().count() > 0) {
            terminal.print("  gaps that the journal declares: " + declared.gaps().count() + " with "
                + declared.gaps().messages() + " messages; the capture has "
                + declared.lostEvents() + " events there\n");
        }
        for (var hole : declared.holes()) {
            terminal.print("  " + hole + "\n");
        }
        if (declared.holeEvents() > 0) {
            terminal.print("  over against holes the capture has " + declared.holeEvents()
                + " events\n");
        }
        if (declared.replacedEvents() > 0) {
            terminal.print("  snapshots stand in the journal for " + declared.replacedEvents()
                + " events of the capture\n");
        }
    }

    private void print(String what, Runs runs) throws IOException {
        long told = 0;
        for (Run run : runs.first()) {
            told += run.count();
            terminal.print("  " + what + ": " + run.count() + (run.count() == 1 ? " event"
                : " events") + " of messages " + Long.toUnsignedString(run.from()) + " to "
                + Long.toUnsignedString(run.to())
                + (run.session() == 0 ? "" : " of session " + (run.session() + 1)) + "\n");
        }
        if (told < runs.count()) {
            terminal.print("  " + what + ": " + (runs.count() - told) + " events more\n");
        }
        if (runs.gapCount() > 0) {
            terminal.print("  " + what + ": " + runs.gapCount() + " of them in gaps\n");
        }
    }

    private void print(String side, EventView event) throws IOException {
        terminal.print("  first difference, " + side + ": ");
        JsonLines lines = new JsonLines(terminal.out());
        new EventJson(lines).print(event);
        lines.flush();
    }

    private static String names(Set<Integer> channels) {
        return channels.isEmpty() ? "no messages" : channels.stream()
            .map(channel -> name(channel >> 8, channel & 0xFF)).collect(Collectors.joining(", "));
    }

    private static String name(int venueId, int channelId) {
        Venue venue = Venue.byId(venueId);
        return (venue == null ? "venue " + venueId : venue.name()) + " channel " + channelId;
    }
}
