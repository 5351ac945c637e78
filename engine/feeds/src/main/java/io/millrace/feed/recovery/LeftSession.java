// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recovery;

/**
 * The session that a channel left last. A slower line still brings packets of it, and even two of
 * them in a row do not mean that the venue went back. So many are taken as late that no line lags
 * by more; after them the session is believed like any other. Owned by the ingress thread.
 */
public final class LeftSession {
    /** Packets of a left session that are taken as late. */
    public static final int MAX_LATE_PACKETS = 4_096;

    private long nameHigh;
    private long nameLow;
    private long end;
    private int lateLeft;

    /** The channel goes over to another session; all up to a number was known of this one. */
    public void leave(long high, long low, long knownEnd) {
        nameHigh = high;
        nameLow = low;
        end = knownEnd;
        lateLeft = MAX_LATE_PACKETS;
    }

    /** True when a packet, up to its end, is of the session left and tells nothing new of it. */
    public boolean isLate(long high, long low, long packetEnd) {
        if (lateLeft == 0 || high != nameHigh || low != nameLow
            || MessageDelivery.isBefore(end, packetEnd)) {
            return false;
        }
        lateLeft--;
        return true;
    }
}
