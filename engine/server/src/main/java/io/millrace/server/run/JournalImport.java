// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.counter.Counters;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.engine.ThreadingMode;
import io.millrace.feed.CaptureImportListener;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.ImportAgent;
import io.millrace.feed.TradingDate;
import io.millrace.feed.recording.RecordingCounts;
import io.millrace.journal.JournalQueue;
import io.millrace.server.config.Configuration;
import io.millrace.server.feed.FeedProtocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Capture files of one trading date through the chain into both journals. Nothing is stamped, as
 * history has no receipt: the same files give the same journals. Used by one control thread.
 */
public final class JournalImport {
    private final Configuration configuration;
    private final FeedProtocol protocol;
    private final boolean isSimulated;
    private final Path root;

    /**
     * @param protocol of all files
     * @param root     directory with one folder per trading date
     */
    public JournalImport(Configuration configuration, FeedProtocol protocol, boolean isSimulated,
        Path root) {
        this.configuration = configuration;
        this.protocol = protocol;
        this.isSimulated = isSimulated;
        this.root = root;
    }

    /**
     * What came of it.
     *
     * @param directory   of the epoch
     * @param inbound     last inbound sequence in the journal
     * @param outbound    last outbound sequence in the journal
     * @param feeds       what came in, by channel
     * @param isJournaled true when everything was appended
     * @param recording   what a recording told besides, or null of other captures
     */
    public record Result(Path directory, long inbound, long outbound, List<FeedCounters> feeds,
        boolean isJournaled, RecordingCounts recording) {
    }

    /** Is asked, on the importing thread, whether to go on. */
    @FunctionalInterface
    public interface Pace {
        /** False stops in order after so many messages and bytes. */
        boolean goesOn(long messages, long bytes) throws IOException;
    }

    /**
     * Imports.
     *
     * @param files   of one date, in order
     * @param pace    asked often whether to go on
     */
    public Result run(TradingDate date, List<Path> files, CaptureImportListener listener,
        Pace pace) throws IOException {
        EngineContext context = EngineOptions.engine(configuration, ThreadingMode.INVOKER)
            .counters(Counters.inMemory()).tradingDate(date.number()).conclude();
        Pipeline pipeline = new Pipeline(context);
        Engine engine = new Engine(pipeline);
        CaptureFeeds feeds = new CaptureFeeds(configuration, protocol, isSimulated, files)
            .open(pipeline.inbound(), pipeline.instruments(), date, listener);
        engine.head(inbound -> inbound.receiveTimeNs(feeds.firstTimeNs()));
        ImportAgent capture = feeds.agent();
        List<FeedCounters> counters = feeds.counters();
        engine.ingress(new StoppableAgent(capture,
            () -> pace.goesOn(
                counters.stream().mapToLong(FeedCounters::messages).sum(), capture.bytesRead())));
        try (EngineJournal journal =
            EngineJournal.create(root, date.date(), configuration, isSimulated,
            pipeline, null)) {
            journal.attach(engine);
            engine.start();
            try {
                engine.awaitIngress();
            } finally {
                engine.close();
            }
            return new Result(journal.directory(), journal.sequence(JournalQueue.INBOUND),
                journal.sequence(JournalQueue.OUTBOUND), counters, journal.isAppending(),
                feeds.recording());
        }
    }
}
