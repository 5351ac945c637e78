// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.wire;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.engine.ThreadingMode;
import io.millrace.event.ChainClock;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.IngressAgent;
import io.millrace.feed.IngressLine;
import io.millrace.feed.SessionStart;
import io.millrace.feed.TradingDate;
import io.millrace.feed.itch50.Itch50Decoder;
import io.millrace.feed.moldudp64.MoldUdp64Session;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.feed.transport.MulticastReceiver;
import io.millrace.instrument.Venue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The engine as it runs live, from the socket to a strategy that notes when it has each message:
 * receiver, session with its recovery, decoder, ring, books.
 */
final class EngineReceiver implements WireReceiver {
    /** Stages in the order in which a message passes them. */
    static final String[] STAGES = {"to receiver", "receiver to ring", "ring to strategy",
        StageTimes.WIRE};
    static final String LOOPBACK = "127.0.0.1";
    static final int SOCKET_LENGTH = 4 << 20;

    private static final long OVERFLOW_WAIT_NS = 1_000_000_000L;

    private final StageTimes times = new StageTimes(STAGES);
    private final FeedCounters counters = new FeedCounters();
    private final MulticastReceiver receiver;
    private final InetSocketAddress group;
    private final Engine engine;

    /** An engine for a flow of so many securities and live orders. */
    EngineReceiver(String groupAddress, int symbols, int liveOrders, TradingDate date,
                   EpochNanoClock clock) {
        Pipeline pipeline = new Pipeline(new EngineContext().maxInstruments(symbols).maxVenues(1)
            .maxOrders(2 * liveOrders + 1_000).clock(clock).tradingDate(date.number())
            .threadingMode(ThreadingMode.DEDICATED)
            .strategy(new WireStrategy(times, clock)).strategyOverrunLimit(Integer.MAX_VALUE)
            .conclude());
        try {
            receiver = MulticastReceiver.open(InetAddress.getByName(groupAddress), 0, LOOPBACK,
                SOCKET_LENGTH, clock);
            group = new InetSocketAddress(groupAddress, receiver.port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        FeedChannel channel = new FeedChannel(Venue.XNAS, 1, 0);
        Itch50Decoder decoder = new Itch50Decoder(pipeline.inbound(), channel, counters,
            pipeline.instruments());
        decoder.tradingDate(date);
        MoldUdp64Session session = new MoldUdp64Session(pipeline.inbound(), channel, counters,
            SessionStart.FIRST_MESSAGE, new RecoveryContext(), List.of(), decoder);
        engine = new Engine(pipeline).ingress(new IngressAgent(pipeline.inbound(),
            new ChainClock(pipeline.inbound(), 0), clock, OVERFLOW_WAIT_NS,
            List.of(new IngressLine(receiver, session, counters))));
    }

    @Override
    public InetSocketAddress group() {
        return group;
    }

    @Override
    public void start() {
        engine.start();
    }

    @Override
    public long taken() {
        return counters.shownMessages() + counters.shownMissing();
    }

    @Override
    public StageTimes times() {
        return times;
    }

    /** Messages that no datagram brought. */
    long lost() {
        return counters.shownMissing();
    }

    @Override
    public void close() {
        engine.close();
    }
}
