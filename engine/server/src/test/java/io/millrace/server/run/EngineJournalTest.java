// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.engine.ThreadingMode;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalVerifier;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.ConfigurationLoader;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineJournalTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);

    @TempDir
    private Path root;

    @Test
    void shouldStayOpenUntilItsWritersHaveEnded() {
        Pipeline pipeline = pipeline();
        EngineJournal journal = create(pipeline, DATE);
        Engine engine = new Engine(pipeline);
        journal.attach(engine);
        engine.start();
        journal.close();
        assertEquals(List.of("JournalException"), errors(pipeline));

        engine.close();
        long published = pipeline.inboundRing().cursor() + 1;
        assertTrue(published > 0);
        assertTrue(journal.isAppending(), journal::state);
        assertEquals(published, journal.sequence(JournalQueue.INBOUND));
        journal.close();
        assertTrue(new JournalVerifier(journal.directory()).verify().isWhole());
    }

    @Test
    void shouldGiveTheIdsOfADayToAnEarlierOne() {
        run(DATE, "AAPL", "MSFT");
        Pipeline earlier = run(DATE.minusDays(1), "MSFT", "INTC");
        assertEquals(2, earlier.instruments().find("MSFT"));
        Pipeline later = run(DATE.plusDays(1), "INTC");
        assertEquals(3, later.instruments().find("INTC"));
        assertEquals(List.of(), errors(later));
    }

    @Test
    void shouldForceOnAThreadOfItsOwn() {
        EngineJournal journal = create(pipeline(), DATE);
        journal.attach(new Engine(pipeline()));
        List<String> companions = Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName).filter(name -> name.contains("sync-in")).toList();
        journal.close();
        assertEquals(1, companions.size(), companions::toString);
    }

    private Pipeline run(LocalDate date, String... symbols) {
        Pipeline pipeline = pipeline();
        try (EngineJournal journal = create(pipeline, date)) {
            Engine engine = new Engine(pipeline);
            journal.attach(engine);
            engine.start();
            for (String symbol : symbols) {
                pipeline.instruments().findOrAdd(symbol);
            }
            engine.close();
        }
        return pipeline;
    }

    private EngineJournal create(Pipeline pipeline, LocalDate date) {
        Configuration configuration = new ConfigurationLoader().environment(Map.of())
            .conclude();
        return EngineJournal.create(root, date, configuration, true, pipeline, null);
    }

    private static Pipeline pipeline() {
        return new Pipeline(new EngineContext().threadingMode(ThreadingMode.INVOKER)
            .maxInstruments(64).maxOrders(1 << 10).maxVenues(2).conclude());
    }

    private static List<String> errors(Pipeline pipeline) {
        List<String> errors = new ArrayList<>();
        pipeline.counters().forEachError((count, firstMs, lastMs, error) -> {
            String type = error.substring(0, error.indexOf(':'));
            errors.add(type.substring(type.lastIndexOf('.') + 1));
        });
        return errors;
    }
}
