// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.itch50;

import io.millrace.event.ChainClock;
import io.millrace.event.EventPublisher;
import io.millrace.feed.CaptureImport;
import io.millrace.feed.CaptureImportListener;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.SessionStart;
import io.millrace.feed.TradingDate;
import io.millrace.feed.moldudp64.MoldUdp64Session;
import io.millrace.feed.transport.CaptureFile;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Venue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.AgentTerminationException;

/** Reads a Nasdaq capture file onto a ring in one call: for embedding, back-tests and examples. */
public final class Itch50Capture {
    private Itch50Capture() {
    }

    /**
     * Reads a BinaryFILE or a capture of MoldUDP64 to its end on the calling thread, which is the
     * ingress thread.
     *
     * @return what was read and what was wrong with it
     */
    public static FeedCounters read(Path file, EventPublisher inbound,
                                    InstrumentDirectory instruments) throws IOException {
        FeedChannel channel = new FeedChannel(Venue.XNAS, 0, 0);
        FeedCounters counters = new FeedCounters();
        CaptureImport capture = new CaptureImport(inbound, new ChainClock(inbound, 0),
            new Itch50Decoder(inbound, channel, counters, instruments),
            messages -> new MoldUdp64Session(inbound, channel, counters, SessionStart.FIRST_PACKET,
                messages), null, List.of(file), new SilentListener());
        try {
            while (true) {
                capture.doWork();
            }
        } catch (AgentTerminationException end) {
            inbound.commit();
        } finally {
            capture.onClose();
        }
        return counters;
    }

    private static final class SilentListener implements CaptureImportListener {
        @Override
        public void onFile(Path file, TradingDate date) {
            // The events tell the day.
        }

        @Override
        public void onFileEnd(Path file, CaptureFile capture) {
            // The counters tell what was read.
        }
    }
}
