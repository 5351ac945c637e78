// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.engine.EngineContext;
import io.millrace.engine.ThreadingMode;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventReader;
import io.millrace.event.EventRing;
import io.millrace.event.EventView;
import io.millrace.feed.CaptureImportListener;
import io.millrace.feed.TradingDate;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Shard;
import io.millrace.journal.InstrumentStore;
import io.millrace.journal.Journal;
import io.millrace.journal.compare.CaptureCompare;
import io.millrace.journal.compare.ChannelComparison;
import io.millrace.journal.replay.EngineSection;
import java.nio.file.Path;
import java.util.List;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/**
 * Capture files through session and decoder, as an import has them, against the inbound journal of
 * their date; securities have the ids that they have there. One control thread; it writes nothing.
 */
public final class CaptureComparison {
    private static final int RING_CAPACITY = 1 << 14;

    private final Path epochDirectory;
    private final ErrorHandler errors;
    private final EventView event = new EventView();

    /** @param errors hears what is wrong with the journal's securities */
    public CaptureComparison(Path epochDirectory, ErrorHandler errors) {
        this.epochDirectory = epochDirectory;
        this.errors = errors;
    }

    /** Compares, by channel; the feeds can be asked what they met afterwards. */
    public List<ChannelComparison> run(CaptureFeeds feeds, TradingDate date,
        CaptureImportListener listener) throws Exception {
        EngineContext engine = EngineSection.read(Journal.head(epochDirectory))
            .threadingMode(ThreadingMode.INVOKER).conclude();
        InstrumentDirectory instruments =
            new InstrumentDirectory(engine.maxInstruments(), engine.shard());
        InstrumentStore.restore(epochDirectory, instruments, errors);
        EventRing ring = new EventRing(RING_CAPACITY);
        EventReader reader = ring.newGatingReader();
        try (CaptureCompare compare = new CaptureCompare(epochDirectory)) {
            EventPublisher publisher = new EventPublisher(ring, () -> hand(reader, compare), null,
                RING_CAPACITY / 2, engine.shard().equals(Shard.ALL) ? null : instruments);
            feeds.open(publisher, instruments, date, listener);
            publisher.receiveTimeNs(feeds.firstTimeNs());
            feeds.channels().forEach(channel ->
                compare.channel(channel.venueId(), channel.channelId()));
            run(feeds.agent(), reader, compare);
            return compare.finish();
        }
    }

    private void run(Agent agent, EventReader reader, CaptureCompare compare) throws Exception {
        try {
            while (agent.doWork() >= 0) {
                hand(reader, compare);
            }
        } catch (AgentTerminationException end) {
            hand(reader, compare);
        } finally {
            agent.onClose();
        }
    }

    private void hand(EventReader reader, CaptureCompare compare) {
        long available = reader.available();
        for (long sequence = reader.next(); sequence <= available; sequence++) {
            compare.onEvent(
                event.wrap(reader.ring().buffer(), reader.ring().blockOffset(sequence)));
        }
        reader.release(available);
    }
}
