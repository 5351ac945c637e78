// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recording;

import io.millrace.event.ChainClock;
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.feed.CaptureImportListener;
import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.IngressAgent;
import io.millrace.feed.IngressLine;
import io.millrace.feed.SessionStart;
import io.millrace.feed.TradingDate;
import io.millrace.feed.itch50.Itch50Decoder;
import io.millrace.feed.moldudp64.MoldUdp64PacketEncoder;
import io.millrace.feed.moldudp64.MoldUdp64Session;
import io.millrace.feed.moldudp64.RequestServer;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.feed.transport.CaptureFile;
import io.millrace.feed.transport.MulticastReceiver;
import io.millrace.feed.transport.RequestChannel;
import io.millrace.feed.transport.RequestLine;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Venue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/** Two lines and a request server on real sockets of the loopback, with a recorder beside. */
final class RecordedRun implements AutoCloseable {
    static final LocalDate DATE = LocalDate.of(2026, 3, 6);
    static final RecoveryContext RECOVERY = new RecoveryContext().reorderWindowNs(200_000)
        .requestTimeoutNs(2_000_000, 4_000_000).requestAttempts(3)
        .holdPackets(4_096).holdLengthBytes(1 << 20);

    private static final String CHANNEL = "SIMA.3";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int PATIENCE = 20_000_000;

    final FeedCounters counters = new FeedCounters();
    final EventLog log = new EventLog();
    final Recorder recorder;
    final List<Throwable> errors = new ArrayList<>();
    final RequestServer server = new RequestServer("SIM");
    final MoldUdp64Session session;
    private final IngressAgent agent;
    private final InetSocketAddress[] lines = new InetSocketAddress[2];
    private final DatagramChannel sender = DatagramChannel.open(StandardProtocolFamily.INET);
    private final MoldUdp64PacketEncoder packets = new MoldUdp64PacketEncoder("SIM");
    private final UnsafeBuffer datagram = new UnsafeBuffer(new byte[1_400]);
    long sequence = 1;

    RecordedRun(RecordingContext options, EpochNanoClock clock, DiskSpace space)
        throws IOException {
        MulticastReceiver[] receivers = new MulticastReceiver[lines.length];
        List<RecordedSource> sources = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            InetAddress group = InetAddress.getByName("239.255.72." + (11 + i));
            receivers[i] = MulticastReceiver.open(group, 0, LOOPBACK, 1 << 20, clock);
            lines[i] = new InetSocketAddress(group, receivers[i].port());
            sources.add(RecordedSource.line(CHANNEL, i + 1, receivers[i].name(), lines[i]));
        }
        recorder = new Recorder(options.date(DATE).lines(sources)
            .servers(List.of(RecordedSource.server(CHANNEL, 0, server.address())))
            .configuration("a: 1"), clock, errors::add, space);
        FeedChannel channel = new FeedChannel(Venue.SIMA, 3, EventFlag.SIMULATED);
        RequestLine request = recorder.queue()
            .heard(0, RequestChannel.open(server.address(), 1 << 18, clock));
        session = session(log, channel, counters, List.of(request));
        log.publisher().receiveTimeNs(clock.nanoTime());
        agent = new IngressAgent(log.publisher(), new ChainClock(log.publisher(), 0), clock,
            1_000_000, List.of(new IngressLine(1, receivers[0], session, counters),
            new IngressLine(2, receivers[1], session, counters))).tap(recorder.queue());
        sender.setOption(StandardSocketOptions.IP_MULTICAST_IF,
            NetworkInterface.getByInetAddress(InetAddress.getByName(LOOPBACK)));
        agent.onStart();
    }

    private static MoldUdp64Session session(EventLog log, FeedChannel channel,
                                            FeedCounters counters,
                                            List<? extends RequestLine> servers) {
        Itch50Decoder decoder = new Itch50Decoder(log.publisher(), channel, counters,
            new InstrumentDirectory(16));
        decoder.tradingDate(TradingDate.of(DATE));
        return new MoldUdp64Session(log.publisher(), channel, counters,
            SessionStart.FIRST_MESSAGE, RECOVERY, servers, decoder);
    }

    /** Sends the next message on one line, the other, both or none. */
    void message(byte[] message, boolean isOnA, boolean isOnB) throws IOException {
        packets.begin(datagram, 0, datagram.capacity(), sequence++);
        packets.append(new UnsafeBuffer(message), 0, message.length);
        send(isOnA, isOnB);
    }

    void heartbeat() throws IOException {
        packets.begin(datagram, 0, datagram.capacity(), sequence);
        send(true, true);
    }

    private void send(boolean isOnA, boolean isOnB) throws IOException {
        for (int line = 0; line < lines.length; line++) {
            if (line == 0 ? isOnA : isOnB) {
                sender.send(ByteBuffer.wrap(datagram.byteArray(), 0, packets.length()),
                    lines[line]);
            }
        }
    }

    /** One turn of ingress; the recorder's comes only when it is asked for. */
    void work() throws IOException {
        agent.doWork();
    }

    void workUntilWhole() throws IOException {
        for (int i = 0; i < PATIENCE && session.expectedSequence() < sequence; i++) {
            agent.doWork();
            server.poll();
            recorder.doWork();
        }
    }

    @Override
    public void close() throws IOException {
        agent.onClose();
        recorder.onClose();
        sender.close();
        server.close();
    }

    /** Imports recordings and tells what came of it. */
    static Imported imported(Path... files) throws IOException {
        EventLog log = new EventLog();
        FeedChannel channel = new FeedChannel(Venue.SIMA, 3, EventFlag.SIMULATED);
        FeedCounters counters = new FeedCounters();
        RecordedChannel recorded = new RecordedChannel(CHANNEL, 1);
        MoldUdp64Session session = session(log, channel, counters, recorded.servers());
        log.publisher().receiveTimeNs(RecordingHead.of(files[0]).startTimeNs());
        List<String> problems = new ArrayList<>();
        RecordingImport agent = new RecordingImport(log.publisher(),
            new ChainClock(log.publisher(), 0), TradingDate.of(DATE), List.of(files),
            List.of(recorded.session(session)), listener(problems));
        try {
            while (true) {
                agent.doWork();
            }
        } catch (AgentTerminationException end) {
            agent.onClose();
        }
        return new Imported(text(log.events()), agent.counts(), counters, problems);
    }

    private static CaptureImportListener listener(List<String> problems) {
        return new CaptureImportListener() {
            @Override
            public void onFile(Path file, TradingDate date) {
                assert date.number() == 20260306;
            }

            @Override
            public void onFileEnd(Path file, CaptureFile capture) {
                if (capture.isCut()) {
                    problems.add(capture.problem());
                }
            }
        };
    }

    record Imported(List<String> events, RecordingCounts counts, FeedCounters counters,
                    List<String> problems) {
    }

    /** Every byte of every event. */
    static List<String> text(List<EventView> events) {
        List<String> text = new ArrayList<>();
        for (EventView event : events) {
            UnsafeBuffer copy = new UnsafeBuffer(new byte[event.length()]);
            event.copyTo(copy, 0);
            text.add(event.templateId() + ":" + HexFormat.of()
                .formatHex(copy.byteArray()));
        }
        return text;
    }
}
