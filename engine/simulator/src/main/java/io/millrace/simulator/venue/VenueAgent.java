// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import io.millrace.simulator.FlowDatagrams;
import io.millrace.simulator.OrderFlow;
import io.millrace.simulator.SimulatedBooks;
import io.millrace.simulator.wire.LineSender;
import io.millrace.simulator.wire.LineTruth;
import io.millrace.simulator.wire.SoupServer;
import io.millrace.simulator.wire.StreamCount;
import io.millrace.simulator.wire.Tally;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * One venue: sends its datagrams over all its lines, each at the time its last message has in the
 * flow: an open loop, whose times are fixed in advance whoever listens. Heart-beats come before the
 * day and in silence, ends of session after it; requests are answered to the last. One thread runs
 * it; any thread may ask what was sent.
 */
public final class VenueAgent implements Agent {
    private static final long LONGEST_LATENESS_NS = 60_000_000_000L;

    private final VenueContext context;
    private final PacingContext pacing;
    private final NanoClock clock;
    private final SessionState session;
    private final VenueDay day;
    private final FlowDatagrams datagrams;
    private final LineSender[] lines;
    private final RequestServer requests;
    private final SoupServer stream;
    private final Histogram lateness = new Histogram(LONGEST_LATENESS_NS, 3);
    private final AtomicLong messagesSent = new AtomicLong();
    private final AtomicLong endsSent = new AtomicLong();
    private final AtomicBoolean isHushed = new AtomicBoolean();
    private long flowStartNs;
    private long clockStartNs;
    private long lastSentNs;
    private boolean hasDatagram;
    private boolean isMidEvent;

    /**
     * Opens the sockets, so that nothing can fail later but sending.
     *
     * @param context concluded or not
     */
    public VenueAgent(VenueContext context) {
        this.context = context.conclude();
        pacing = context.pacing();
        clock = pacing.clock();
        MessageStore store = new MessageStore(
            (int) Math.min(2 * context.flow().messages(), context.storeMessages()));
        session = new SessionState(context.session(), store);
        day = VenueDay.stored(context, store);
        datagrams = day.datagrams();
        lines = new LineSender[context.lines().size()];
        RequestServer opened = null;
        try {
            for (int i = 0; i < lines.length; i++) {
                lines[i] = new LineSender(context.lines().get(i), context.network());
            }
            opened = context.requests() == null ? null
                : new RequestServer(context.requests(), requestProtocol(), context.network());
            requests = opened;
            stream = context.stream() == null ? null
                : new SoupServer(context.stream(), () -> new LiveMessages(session),
                    context.network());
        } catch (RuntimeException failure) {
            CloseHelper.quietCloseAll(lines);
            CloseHelper.quietClose(opened);
            throw failure;
        }
    }

    @Override
    public void onStart() {
        long nowNs = clock.nanoTime();
        hasDatagram = day.next();
        flowStartNs = datagrams.timeNs();
        clockStartNs = nowNs + pacing.startDelayNs();
        sendHeartbeat(nowNs);
    }

    @Override
    public int doWork() {
        long nowNs = clock.nanoTime();
        int work = 0;
        boolean isDrained = true;
        for (int i = 0; i < lines.length; i++) {
            work += lines[i].flush();
            isDrained &= lines[i].isDrained();
        }
        if (isDrained) {
            work += isHushed.get() && !isMidEvent ? linger(nowNs) : send(nowNs);
        }
        return work + serve(nowNs);
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(lines);
        CloseHelper.close(requests);
        CloseHelper.close(stream);
    }

    @Override
    public String roleName() {
        return context.mic();
    }

    /** The venue's market identifier code. */
    public String mic() {
        return context.mic();
    }

    /** True once every message and every end of session was sent. */
    public boolean isDone() {
        return endsSent.get() == pacing.endCount();
    }

    /**
     * Sends no further event, only heart-beats in quick succession, so that listeners notice
     * what they miss and can ask for it. Any thread.
     */
    public void hush() {
        isHushed.set(true);
    }

    /** Messages sent so far, in all sessions. */
    public long messagesSent() {
        return messagesSent.get();
    }

    /** Number of lines. */
    public int lineCount() {
        return lines.length;
    }

    /** What a line did so far. */
    public LineTruth line(int index) {
        return lines[index].truth();
    }

    /** What the re-request server did so far; null without one. */
    public Tally<RequestCount> requests() {
        return requests == null ? null : requests.truth();
    }

    /** Port that the re-request server listens at. */
    public int requestPort() {
        return requests.port();
    }

    /** What the SoupBinTCP server did so far; null without one. */
    public Tally<StreamCount> stream() {
        return stream == null ? null : stream.truth();
    }

    /** Port that the SoupBinTCP server listens at. */
    public int streamPort() {
        return stream.port();
    }

    /** Switches the re-request server's answers on and off. */
    public void answering(boolean isOn) {
        requests.answering(isOn);
    }

    /** The venue's books after the last message sent; to be asked once the agent was closed. */
    public SimulatedBooks books() {
        return isDone() ? flow().books() : VenueDay.booksAfter(context, messagesSent());
    }

    /** The flow: its books and its counts by type may be looked at once the agent is done. */
    public OrderFlow flow() {
        return day.flow().flow();
    }

    /** How late datagrams were sent, ns; to be looked at once the agent is done. */
    public Histogram lateness() {
        return lateness;
    }

    private RequestProtocol requestProtocol() {
        int maxMessages = context.requests().maxMessages();
        return context.protocol().isOrderByOrder() ? new MoldUdp64Requests(session, maxMessages)
            : new IexTpRequests(context, session, maxMessages);
    }

    private int send(long nowNs) {
        if (!hasDatagram) {
            return day.beginNextSession() ? beginSession() : endSession(nowNs);
        }
        long dueNs = clockStartNs + datagrams.timeNs() - flowStartNs;
        if (nowNs < dueNs) {
            return nowNs - lastSentNs >= pacing.heartbeatIntervalNs() ? sendHeartbeat(nowNs) : 0;
        }
        int messages = datagrams.messages();
        for (int i = 0; i < lines.length; i++) {
            lines[i].send(datagrams.buffer(), datagrams.length(), messages,
                datagrams.timeNs() - flowStartNs);
        }
        lastSentNs = nowNs;
        lateness.recordValue(Math.min(LONGEST_LATENESS_NS, nowNs - dueNs));
        session.onSent(datagrams.sequence() + messages);
        messagesSent.lazySet(messagesSent.getPlain() + messages);
        isMidEvent = datagrams.isMidEvent();
        hasDatagram = day.next();
        return 1;
    }

    private int linger(long nowNs) {
        if (!hasDatagram) {
            return endSession(nowNs);
        }
        return nowNs - lastSentNs >= pacing.endIntervalNs() ? sendHeartbeat(nowNs) : 0;
    }

    private int serve(long nowNs) {
        int work = requests == null ? 0 : requests.doWork(nowNs);
        return stream == null ? work : work + stream.doWork(nowNs);
    }

    private int beginSession() {
        session.begin();
        hasDatagram = day.next();
        return 1;
    }

    private int sendHeartbeat(long nowNs) {
        datagrams.heartbeat();
        sendControl(nowNs);
        return 1;
    }

    private int endSession(long nowNs) {
        if (isDone() || endsSent.get() > 0 && nowNs - lastSentNs < pacing.endIntervalNs()) {
            return 0;
        }
        session.onOver();
        datagrams.endOfSession();
        sendControl(nowNs);
        endsSent.lazySet(endsSent.getPlain() + 1);
        return 1;
    }

    private void sendControl(long nowNs) {
        DirectBuffer control = datagrams.controlBuffer();
        for (int i = 0; i < lines.length; i++) {
            lines[i].sendControl(control, control.capacity(), nowNs - clockStartNs);
        }
        lastSentNs = nowNs;
    }
}
