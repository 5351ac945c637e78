// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.feed.itch50.Itch50Capture;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalContext;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.simulator.BinaryFileSink;
import io.millrace.simulator.OrderFlow;
import io.millrace.simulator.OrderFlowContext;
import io.millrace.strategy.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.agrona.IoUtil;

/**
 * One small simulated day that every test of the examples sees: as a file, inline, as a journal.
 */
final class SimulatedDay {
    static final LocalDate DATE = LocalDate.of(2026, 1, 5);
    static final Path FOLDER = Path.of("target", "simulated-day");
    static final String JOURNAL = "target/simulated-day/journal/2026-01-05";
    static final int MESSAGES = 100_000;
    static final int SYMBOLS = 50;

    /** The whole day takes 20 s from 09:29:55 on. */
    private static final long START_NS = 34_195_000_000_000L;
    private static final long LENGTH_NS = 20_000_000_000L;

    private SimulatedDay() {
    }

    /** The day as a file whose name tells its date. */
    static Path file() throws IOException {
        Path file = FOLDER.resolve("20260105.itch50");
        Files.createDirectories(FOLDER);
        try (BinaryFileSink sink = new BinaryFileSink(file)) {
            new OrderFlow(new OrderFlowContext().seed(20_260_105).symbols(SYMBOLS)
                .messages(MESSAGES).liveOrders(5_000).compressed(START_NS, LENGTH_NS))
                .writeTo(sink);
        }
        return file;
    }

    /** Shows the day to strategies on this thread. */
    static Engine inline(Strategy... strategies) throws IOException {
        Engine engine = Engine.inline(strategies);
        Itch50Capture.read(file(), engine.pipeline().inbound(), engine.pipeline().instruments());
        engine.drain();
        return engine;
    }

    /** Writes the day's journal anew. */
    static void writeJournal() throws IOException {
        IoUtil.delete(FOLDER.resolve("journal").toFile(), true);
        Pipeline pipeline = new Pipeline(new EngineContext().conclude());
        JournalHead head = JournalHead.of(DATE, "test", "", true, List.of());
        try (Journal journal = Journal.create(FOLDER.resolve("journal"), head,
                new JournalContext());
            Engine engine = new Engine(pipeline)) {
            engine.reader("journal-in", journal.writer(JournalQueue.INBOUND,
                pipeline.inboundRing().newGatingReader()));
            engine.reader("journal-out", journal.writer(JournalQueue.OUTBOUND,
                pipeline.outboundRing().newGatingReader()));
            engine.start();
            Itch50Capture.read(file(), pipeline.inbound(), pipeline.instruments());
            engine.drain();
        }
    }
}
