// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import io.millrace.counter.PublishedCounts;

/**
 * The scorecard of one line of a channel: what came on it, what of that came first, how far ahead
 * of the other line, what never came. Messages are told apart within the last
 * {@link LineWindow#LENGTH}; one that comes later than that counts as a repetition. Owned by the
 * ingress thread; others read it once that has ended, and before only what was shown to them by
 * {@link #show()}.
 */
public final class LineCounters {
    /** Leads are counted by their powers of two: of 2^i to 2^(i+1) ns, 0 with 1, the rest last. */
    public static final int LEAD_BUCKETS = 40;

    private static final int PACKETS = 0;
    private static final int MESSAGES = 1;
    private static final int WON = 2;
    private static final int LEAD_COUNT = 3;
    private static final int LEAD_NS = 4;
    private static final int LOST = 5;
    private static final int REPEATED = 6;
    private static final int LATE = 7;
    private static final int REORDER_DEPTH = 8;
    private static final int SHOWN_COUNT = 9;

    private final PublishedCounts shown = new PublishedCounts(SHOWN_COUNT);
    private final LineWindow window = new LineWindow();
    private final long[] leads = new long[LEAD_BUCKETS];
    private long packets;
    private long messages;
    private long won;
    private long leadCount;
    private long leadNs;
    private long longestLeadNs;

    /** Shows to other threads what they may ask for. */
    void show() {
        shown.set(PACKETS, packets);
        shown.set(MESSAGES, messages);
        shown.set(WON, won);
        shown.set(LEAD_COUNT, leadCount);
        shown.set(LEAD_NS, leadNs);
        shown.set(LOST, window.lost());
        shown.set(REPEATED, window.repeated());
        shown.set(LATE, window.late());
        shown.set(REORDER_DEPTH, window.deepestLate());
    }

    void onPacket(long first, int count, long fresh) {
        packets++;
        messages += count;
        won += fresh;
        window.add(first, count);
    }

    void onLead(long ns) {
        leadCount++;
        leadNs += ns;
        longestLeadNs = Math.max(longestLeadNs, ns);
        int bucket = Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, ns));
        leads[Math.min(bucket, LEAD_BUCKETS - 1)]++;
    }

    void onSessionChanged() {
        window.clear();
    }

    /** Packets that were whole and of the session, heart-beats too. */
    public long packets() {
        return packets;
    }

    /** {@link #packets()} as shown last. Any thread. */
    public long shownPackets() {
        return shown.get(PACKETS);
    }

    /** Messages in them. */
    public long messages() {
        return messages;
    }

    /** {@link #messages()} as shown last. Any thread. */
    public long shownMessages() {
        return shown.get(MESSAGES);
    }

    /** Messages that came on this line before any other. */
    public long won() {
        return won;
    }

    /** {@link #won()} as shown last. Any thread. */
    public long shownWon() {
        return shown.get(WON);
    }

    /** Packets that came on this line first and then, with the same first number, on another. */
    public long leadCount() {
        return leadCount;
    }

    /** {@link #leadCount()} as shown last. Any thread. */
    public long shownLeadCount() {
        return shown.get(LEAD_COUNT);
    }

    /** Ns by which those packets were ahead, together. */
    public long leadNs() {
        return leadNs;
    }

    /** {@link #leadNs()} as shown last. Any thread. */
    public long shownLeadNs() {
        return shown.get(LEAD_NS);
    }

    /** Longest lead of one packet. */
    public long longestLeadNs() {
        return longestLeadNs;
    }

    /** Packets with a lead of one power of two, see {@link #LEAD_BUCKETS}. */
    public long leads(int bucket) {
        return leads[bucket];
    }

    /** A lead that a fraction of all did not exceed, up to the next power of two; 0 without any. */
    public long leadNsAt(double fraction) {
        long wanted = (long) (fraction * leadCount);
        long seen = 0;
        for (int i = 0; i < LEAD_BUCKETS && leadCount > 0; i++) {
            seen += leads[i];
            if (seen > wanted || seen == leadCount) {
                return Math.min(2L << i, longestLeadNs);
            }
        }
        return 0;
    }

    /** Messages that never came on this line, as far as a later one shows. */
    public long lost() {
        return window.lost();
    }

    /** {@link #lost()} as shown last. Any thread. */
    public long shownLost() {
        return shown.get(LOST);
    }

    /** Messages that came again on this same line. */
    public long repeated() {
        return window.repeated();
    }

    /** {@link #repeated()} as shown last. Any thread. */
    public long shownRepeated() {
        return shown.get(REPEATED);
    }

    /** Messages that came after a later one of this line. */
    public long late() {
        return window.late();
    }

    /** {@link #late()} as shown last. Any thread. */
    public long shownLate() {
        return shown.get(LATE);
    }

    /** Most messages by which one was late. */
    public long reorderDepth() {
        return window.deepestLate();
    }

    /** {@link #reorderDepth()} as shown last. Any thread. */
    public long shownReorderDepth() {
        return shown.get(REORDER_DEPTH);
    }
}
