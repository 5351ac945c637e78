// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recovery;

/**
 * What happens to a hole, and when: it waits for the other line, then its first missing messages
 * are asked for, of one server after the other and with growing pauses; at last it is given up.
 * Each hole goes its own way, with at most one request on its way at a time. While no server
 * answers at all, further holes are asked for only once. Knows time only as it is told. Owned by
 * the ingress thread.
 */
public final class Recovery {
    /** A hole that may not ask yet, as too many do, tries again so much later. */
    private static final long TURN_NS = 50_000L;
    private static final long JITTER_MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;
    /** Jitter adds up to a quarter. */
    private static final int JITTER_SHIFT = 2;

    private final RecoveryContext context;
    private final OpenHoles holes;
    private final HeldPackets held;
    private final RequestSender requests;
    private final RecoveryCounters counters;
    private long nextDueNs = Hole.NEVER;
    private long nextDuePackets = Hole.NEVER;
    private int preferredServer;
    private int askingCount;
    private boolean isSilent;

    /**
     * @param holes what is missing
     * @param held  what came beyond
     */
    public Recovery(RecoveryContext context, OpenHoles holes, HeldPackets held,
                    RequestSender requests, RecoveryCounters counters) {
        this.context = context;
        this.holes = holes;
        this.held = held;
        this.requests = requests;
        this.counters = counters;
    }

    /** A hole opened, or waits once more because its messages may not have been sent yet. */
    public void await(Hole hole, long nowNs, long packets) {
        hole.await(nowNs, nowNs + context.reorderWindowNs(),
            packets + context.reorderWindowPackets());
        noticeDue(hole);
    }

    /**
     * Does what is due.
     *
     * @param packets   packets that came on all lines
     * @param expected  first message that was not delivered
     * @param confirmed how far the lines are
     * @return how much was done
     */
    public int onTime(long nowNs, long packets, long expected, long confirmed) {
        if (nowNs < nextDueNs && packets < nextDuePackets) {
            return 0;
        }
        nextDueNs = Hole.NEVER;
        nextDuePackets = Hole.NEVER;
        countAsking(nowNs);
        int workCount = 0;
        for (int i = 0; i < holes.size(); i++) {
            Hole hole = holes.get(i);
            if (hole.isDue(nowNs, packets)) {
                step(hole, nowNs, packets, max(expected, hole.from()), confirmed);
                workCount++;
            }
            noticeDue(hole);
        }
        return workCount;
    }

    /** A server's answer brought messages that were missing: what is left is asked for at once. */
    public void onAnswer(int server, long first, long end, long nowNs) {
        preferredServer = server;
        isSilent = false;
        for (int i = 0; i < holes.size(); i++) {
            Hole hole = holes.get(i);
            if (hole.asksWithin(first, end)) {
                hole.answered(nowNs);
                noticeDue(hole);
            }
        }
    }

    private void step(Hole hole, long nowNs, long packets, long start, long confirmed) {
        long from = held.firstMissing(start, hole.to());
        if (from == hole.to()) {
            hole.dueAt(Hole.NEVER);
            return;
        }
        long to = held.nextHeld(from, min(hole.to(), confirmed));
        if (Long.compareUnsigned(to, from) <= 0) {
            await(hole, nowNs, packets);
        } else if (isHopeless(hole, nowNs)) {
            isSilent |= hole.attempts() >= context.requestAttempts();
            hole.giveUp();
        } else if (askingCount >= context.requestsInFlight()) {
            hole.dueAt(nowNs + TURN_NS);
        } else {
            ask(hole, from, to, nowNs);
        }
    }

    private boolean isHopeless(Hole hole, long nowNs) {
        int attempts = isSilent ? 1 : context.requestAttempts();
        return requests.servers() == 0 || hole.attempts() >= attempts
            || nowNs - hole.waitFromNs() >= context.giveUpNs();
    }

    private void ask(Hole hole, long from, long to, long nowNs) {
        long wanted = to - from;
        int count = Long.compareUnsigned(wanted, context.requestMessages()) < 0 ? (int) wanted
            : context.requestMessages();
        int server = (preferredServer + hole.attempts()) % requests.servers();
        if (requests.request(server, from, count)) {
            counters.onRequest();
        } else {
            counters.onRequestNotSent();
        }
        hole.ask(from, from + count, nowNs + timeoutNs(from, hole.attempts()));
        askingCount++;
    }

    /** Grows with each attempt; the jitter is a function of hole and attempt alone. */
    private long timeoutNs(long from, int attempt) {
        long limitNs = context.requestTimeoutLimitNs();
        long timeoutNs = context.requestTimeoutNs();
        for (int i = 0; i < attempt && timeoutNs < limitNs; i++) {
            timeoutNs <<= 1;
        }
        timeoutNs = Math.min(timeoutNs, limitNs);
        long mixed = (from + context.jitterSeed() * 31 + attempt) * JITTER_MULTIPLIER;
        mixed = (mixed ^ mixed >>> 32) * JITTER_MULTIPLIER;
        return timeoutNs + Long.remainderUnsigned(mixed, (timeoutNs >> JITTER_SHIFT) + 1);
    }

    private void countAsking(long nowNs) {
        askingCount = 0;
        for (int i = 0; i < holes.size(); i++) {
            Hole hole = holes.get(i);
            askingCount += hole.isAsking() && hole.dueNs() > nowNs ? 1 : 0;
        }
    }

    private void noticeDue(Hole hole) {
        nextDueNs = Math.min(nextDueNs, hole.dueNs());
        nextDuePackets = Math.min(nextDuePackets, hole.duePackets());
    }

    private static long max(long left, long right) {
        return Long.compareUnsigned(left, right) < 0 ? right : left;
    }

    private static long min(long left, long right) {
        return Long.compareUnsigned(left, right) < 0 ? left : right;
    }
}
