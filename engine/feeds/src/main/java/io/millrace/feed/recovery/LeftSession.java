// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recovery;

/**
 * The session that a channel left last. A slower line still brings packets of it, and even two of
 * them in a row do not mean that the venue went back; nor do numbers that are new, since the end of
 * the session may have come on that line alone. So many are taken as late that no line lags by
 * more; after them the session is believed like any other. Owned by the ingress thread.
 */
public final class LeftSession {
    /** Packets of a left session that are taken as late. */
    public static final int MAX_LATE_PACKETS = 4_096;

    private long nameHigh;
    private long nameLow;
    private int lateLeft;

    /** The channel goes over to another session. */
    public void leave(long high, long low) {
        nameHigh = high;
        nameLow = low;
        lateLeft = MAX_LATE_PACKETS;
    }

    /** True when a name is that of the session left, however often it is told. */
    public boolean isLeft(long high, long low) {
        return (nameHigh != 0 || nameLow != 0) && high == nameHigh && low == nameLow;
    }

    /** True when a packet is of the session left, and not one too many. */
    public boolean isLate(long high, long low) {
        if (lateLeft == 0 || !isLeft(high, low)) {
            return false;
        }
        lateLeft--;
        return true;
    }
}
