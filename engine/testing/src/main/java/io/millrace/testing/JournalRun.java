// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.journal.InstrumentStore;
import io.millrace.journal.Journal;
import io.millrace.journal.replay.EngineSection;
import io.millrace.journal.replay.EventFilter;
import io.millrace.journal.replay.JournalReplayer;
import io.millrace.journal.replay.ReplayContext;
import io.millrace.strategy.Strategy;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** One replay of a journal on the calling thread, as a {@link ReplayJournal} asks for it. */
final class JournalRun {
    private final Path directory;
    private final ReplayJournal options;
    private final long fromNs;
    private final long toNs;

    JournalRun(ReplayJournal options) {
        this.options = options;
        directory = Path.of(options.value());
        LocalDate date = Journal.head(directory).tradingDate();
        fromNs = time(options.from(), date, Long.MIN_VALUE);
        toNs = time(options.to(), date, Long.MAX_VALUE);
    }

    /** Replays to the end, stop of the strategies included. */
    ReplayResult run(List<Strategy> strategies) {
        ReplayRecorder recorder = new ReplayRecorder(fromNs);
        EngineContext context = EngineSection.read(Journal.head(directory)).strategy(recorder);
        strategies.forEach(strategy -> context.strategy(new TimedStrategy(strategy, fromNs)));
        Pipeline pipeline = new Pipeline(context.conclude());
        JournalReplayer replayer = new JournalReplayer(directory, pipeline.inbound(),
            new ReplayContext().fromNs(fromNs).toNs(toNs).filter(filter()));
        try (Engine engine = new Engine(pipeline).ingress(replayer)) {
            engine.start();
            engine.awaitIngress();
        }
        refuseErrors(pipeline);
        return new ReplayResult(replayer.replayedCount(), pipeline.outboundRing().cursor() + 1,
            recorder.firstTimeNs(), recorder.lastTimeNs(), pipeline.market());
    }

    private EventFilter filter() {
        if (options.symbols().length == 0) {
            return EventFilter.ALL;
        }
        InstrumentDirectory known = new InstrumentDirectory(1 << 16);
        InstrumentStore.restore(directory, known, damage -> {
            throw new IllegalArgumentException("journal " + directory + " is damaged", damage);
        });
        List<Integer> ids = new ArrayList<>();
        for (String symbol : options.symbols()) {
            int id = known.find(symbol);
            if (id == InstrumentDirectory.NOT_FOUND) {
                throw new IllegalArgumentException(
                    "symbol '" + symbol + "' is not in journal " + directory);
            }
            ids.add(id);
        }
        return EventFilter.ALL.instruments(ids);
    }

    private static void refuseErrors(Pipeline pipeline) {
        pipeline.counters().forEachError((count, firstMs, lastMs, error) -> {
            throw new AssertionError("thrown during the replay: " + error);
        });
    }

    private static long time(String text, LocalDate date, long otherwise) {
        return text.isEmpty() ? otherwise : JournalTime.parse(text, date);
    }
}
