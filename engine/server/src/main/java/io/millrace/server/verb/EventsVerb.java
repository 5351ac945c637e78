// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.event.EventPublisher;
import io.millrace.event.EventReader;
import io.millrace.event.EventRing;
import io.millrace.event.EventView;
import io.millrace.feed.CaptureImport;
import io.millrace.feed.FeedChannel;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.server.config.Configuration;
import io.millrace.server.feed.FeedProtocol;
import io.millrace.server.json.EventJson;
import io.millrace.server.json.JsonLines;
import io.millrace.server.run.EngineOptions;
import io.millrace.server.run.VenueFeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import org.agrona.concurrent.AgentTerminationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `events`: what the ring would carry, one JSON line per normalised event. */
@Command(name = "events",
    description = {"Print one JSON line per normalised event, as the ring has it.",
    "Prices are integers of 1e-9, sizes of 1e-6, times ns since the epoch; null is not there."},
    footer = {"",
        "Example: millrace events --feed itch50 day.itch50.gz | grep '\"Trade\"'"})
public final class EventsVerb implements Callable<Integer> {
    private static final int RING_CAPACITY = 4096;

    private final Terminal terminal;
    private final EventView event = new EventView();

    @Mixin
    private FeedFlag feed;

    @Mixin
    private ConfigurationFlags flags;

    @Option(names = "--date", paramLabel = "DATE",
        description = "Trading date, such as 2026-01-30.")
    private LocalDate date;

    /** @param terminal where data and log go */
    public EventsVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        FeedProtocol protocol = feed.protocol();
        Configuration configuration = flags.load(terminal, Map.of());
        JsonLines lines = new JsonLines(terminal.out());
        EventJson json = new EventJson(lines);
        EventRing ring = new EventRing(RING_CAPACITY);
        EventReader reader = ring.newGatingReader();
        EventPublisher publisher =
            new EventPublisher(ring, () -> print(reader, json), null, RING_CAPACITY);
        FeedChannel channel =
            EngineOptions.channel(configuration, protocol, feed.isSimulated());
        VenueFeed venue =
            new VenueFeed(protocol, publisher, new InstrumentDirectory(1 << 16), channel);
        ImportLog log = new ImportLog(terminal, "events");
        CaptureImport agent = venue.importOf(channel.flags(), date, feed.files(), log);
        try {
            while (true) {
                agent.doWork();
                print(reader, json);
            }
        } catch (AgentTerminationException end) {
            print(reader, json);
        } finally {
            agent.onClose();
        }
        lines.flush();
        terminal.log("events: " + venue.counters());
        return log.hasFinding() || venue.counters().hasFinding() ? ExitCode.FINDING : ExitCode.OK;
    }

    private void print(EventReader reader, EventJson json) {
        try {
            long available = reader.available();
            for (long sequence = reader.next(); sequence <= available; sequence++) {
                json.print(event.wrap(reader.ring().buffer(), reader.ring().blockOffset(sequence)));
            }
            reader.release(available);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
