// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import io.millrace.event.ChainClock;
import io.millrace.event.EventPublisher;
import io.millrace.feed.transport.PacketHandler;
import io.millrace.feed.transport.PacketReceiver;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.LangUtil;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Polls the lines of all feeds in turn, lets their sessions do what is due, runs connections and
 * snapshots, and moves chain time on. When the ring has no room for all that a packet may become,
 * it waits a bounded time while the socket buffers hold, then discards whole packets before they
 * are decoded, as if the wire had lost them: the session sees a gap. This is the only agent that
 * publishes inbound. Owns and closes lines, sessions and tasks, after it took what the sockets
 * still held. Ingress thread.
 */
public final class IngressAgent implements Agent {
    private static final int PACKETS_PER_POLL = 16;
    /** Polls of a line at the end: a line on which packets never cease must end as well. */
    private static final int LAST_POLLS = 4_096;
    /** Clock events that may come before a packet: one for quiet, one for a whole second. */
    private static final int CLOCK_EVENTS = 2;
    /** Events that a session may have to tell when time moves on, before it asks for more room. */
    private static final int SESSION_EVENTS = 8;

    private final EventPublisher publisher;
    private final ChainClock chainClock;
    private final EpochNanoClock clock;
    private final Line[] lines;
    /** One line of each session. */
    private final Line[] timed;
    private final IngressTask[] tasks;
    private final long overflowWaitNs;
    private IngressTap tap = IngressTap.NONE;
    private NanoClock timer = SystemNanoClock.INSTANCE;
    private long healNs;
    private boolean isOverflowing;

    /**
     * @param publisher      writer of the inbound ring
     * @param chainClock     tells time on that ring
     * @param clock          of the receivers' stamps
     * @param overflowWaitNs longest wait for room, see {@code feed.overflow-wait-ms}
     */
    public IngressAgent(EventPublisher publisher, ChainClock chainClock, EpochNanoClock clock,
                        long overflowWaitNs, List<IngressLine> lines) {
        this(publisher, chainClock, clock, overflowWaitNs, lines, List.of());
    }

    /**
     * The same with more than lines.
     *
     * @param tasks connections and what is due by time, in the order in which they are run
     */
    public IngressAgent(EventPublisher publisher, ChainClock chainClock, EpochNanoClock clock,
                        long overflowWaitNs, List<IngressLine> lines, List<IngressTask> tasks) {
        if (overflowWaitNs < 0) {
            throw new IllegalArgumentException("overflow wait " + overflowWaitNs + " is below 0");
        }
        this.publisher = publisher;
        this.chainClock = chainClock;
        this.clock = clock;
        this.overflowWaitNs = overflowWaitNs;
        this.lines = new Line[lines.size()];
        Arrays.setAll(this.lines, i -> new Line(i, lines.get(i)));
        timed = Arrays.stream(this.lines).filter(line -> line.isFirstOfSession(lines))
            .toArray(Line[]::new);
        this.tasks = tasks.toArray(IngressTask[]::new);
    }

    /** Lets somebody hear all that this agent works on; set before it runs. */
    public IngressAgent tap(IngressTap listening) {
        tap = listening;
        return this;
    }

    /** Measures time-outs by another clock than the system's; set before it runs. */
    public IngressAgent timer(NanoClock monotonic) {
        timer = monotonic;
        return this;
    }

    /** Longest time that a stop waits for what sessions have asked for; set before it runs. */
    public IngressAgent healAtEnd(long longestNs) {
        healNs = longestNs;
        return this;
    }

    @Override
    public void onStart() {
        chainClock.onTime(publisher.receiveTimeNs());
        tap.onTime(IngressTap.CHAIN_TIME, publisher.receiveTimeNs());
        for (IngressTask task : tasks) {
            task.onStart();
        }
        for (Line line : timed) {
            line.line.session().onStart(publisher.receiveTimeNs());
        }
        publisher.commit();
    }

    @Override
    public int doWork() throws IOException {
        int workCount = 0;
        for (int i = 0; i < lines.length; i++) {
            workCount += lines[i].poll();
        }
        for (int i = 0; i < timed.length; i++) {
            workCount += timed[i].onTime();
        }
        workCount += runTasks();
        if (workCount == 0) {
            workCount = publisher.hasCapacity(1) ? onQuiet() : 0;
            publisher.commit();
        }
        return workCount;
    }

    @Override
    public void onClose() {
        try {
            for (Line line : lines) {
                line.drain();
            }
            heal();
        } catch (IOException failure) {
            LangUtil.rethrowUnchecked(failure);
        } finally {
            end();
        }
    }

    /** What was asked for may still come; nothing new is taken meanwhile. */
    private void heal() {
        long startNs = System.nanoTime();
        while (isHealing() && System.nanoTime() - startNs < healNs) {
            int workCount = 0;
            for (Line line : timed) {
                workCount += line.onTime();
            }
            if (workCount == 0) {
                publisher.onFull();
            }
        }
    }

    private boolean isHealing() {
        for (Line line : timed) {
            if (line.line.session().isHealing()) {
                return true;
            }
        }
        return false;
    }

    /** What a session holds or misses is told even when a line could not be drained. */
    private void end() {
        try {
            tap.onTime(IngressTap.CHAIN_TIME, publisher.receiveTimeNs());
            for (Line line : timed) {
                line.end();
            }
        } finally {
            closeAll();
        }
    }

    @Override
    public String roleName() {
        return "ingress";
    }

    private int runTasks() {
        if (tasks.length == 0) {
            return 0;
        }
        int workCount = 0;
        long nowNs = timer.nanoTime();
        for (int i = 0; i < tasks.length; i++) {
            workCount += tasks[i].onTime(nowNs);
        }
        return workCount;
    }

    private void closeAll() {
        try {
            CloseHelper.closeAll(tasks);
            publisher.commit();
        } finally {
            CloseHelper.closeAll(receivers());
            CloseHelper.closeAll(sessions());
        }
    }

    private int onQuiet() {
        long nowNs = clock.nanoTime();
        int count = chainClock.onTime(nowNs);
        if (count > 0) {
            tap.onTime(IngressTap.CHAIN_TIME, nowNs);
        }
        return count;
    }

    private List<PacketReceiver> receivers() {
        return Arrays.stream(lines).map(line -> line.line.receiver()).toList();
    }

    private List<FeedSession> sessions() {
        return Arrays.stream(timed).map(line -> line.line.session()).toList();
    }

    /**
     * Waits for room in the ring; once that was in vain, does not wait again until there is some.
     */
    private boolean hasRoom(int events) {
        int wanted = Math.min(events, publisher.ring().capacity() / 2);
        if (publisher.hasCapacity(wanted)) {
            isOverflowing = false;
            return true;
        }
        publisher.commit();
        long waitNs = isOverflowing ? 0 : overflowWaitNs;
        long startNs = timer.nanoTime();
        do {
            publisher.onFull();
            isOverflowing = !publisher.hasCapacity(wanted);
        } while (isOverflowing && timer.nanoTime() - startNs < waitNs);
        return !isOverflowing;
    }

    /** A line and what happens to its packets. */
    private final class Line implements PacketHandler {
        private final int position;
        private final IngressLine line;

        Line(int position, IngressLine line) {
            this.position = position;
            this.line = line;
        }

        int poll() throws IOException {
            int count = line.receiver().poll(this, PACKETS_PER_POLL);
            if (count > 0) {
                show();
            }
            return count;
        }

        /** Lets the session do what is due, with packets or without. */
        int onTime() {
            if (!line.session().isWaiting()
                || !publisher.hasCapacity(CLOCK_EVENTS + SESSION_EVENTS)) {
                return 0;
            }
            long nowNs = Math.max(clock.nanoTime(), publisher.receiveTimeNs());
            int count = chainClock.onTime(nowNs) + line.session().onTime(nowNs);
            if (count > 0) {
                tap.onTime(position, nowNs);
                show();
            }
            return count;
        }

        /** No packet comes any more. */
        void end() {
            line.session().onEnd();
            show();
        }

        boolean isFirstOfSession(List<IngressLine> all) {
            return all.stream().filter(other -> other.session() == line.session()).findFirst()
                .orElseThrow() == line;
        }

        /** Takes what the socket holds. */
        void drain() throws IOException {
            boolean isDry = !line.receiver().isOpen();
            for (int i = 0; i < LAST_POLLS && !isDry; i++) {
                isDry = poll() == 0;
            }
        }

        @Override
        public void onPacket(DirectBuffer buffer, int offset, int length, long receiveTimeNs) {
            int events = line.session().eventLimit(buffer, offset, length);
            if (!hasRoom(events + CLOCK_EVENTS)) {
                line.counters().onOverflow();
                tap.onDiscarded(position, buffer, offset, length, receiveTimeNs);
                return;
            }
            long timeNs = Math.max(receiveTimeNs, publisher.receiveTimeNs());
            tap.onPacket(position, buffer, offset, length, timeNs);
            chainClock.onTime(timeNs);
            line.session().onPacket(line.number(), buffer, offset, length, timeNs);
        }

        private void show() {
            line.counters().show();
            line.session().show();
        }
    }
}
