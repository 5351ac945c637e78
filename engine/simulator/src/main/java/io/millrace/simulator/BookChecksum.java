// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

/**
 * One number for the whole state of a book, order by order. Whoever compares another book with
 * the simulator's feeds it the same way: all bids, best level first, then all asks, each level
 * followed by its orders in time priority. Owned by one thread.
 */
public final class BookChecksum {
    private long hash;

    /** Forgets what was fed. */
    public BookChecksum reset() {
        hash = 0;
        return this;
    }

    /** A level: price with nine decimals, negative for asks. */
    public void onLevel(long signedPrice) {
        mix(signedPrice);
    }

    /** An order of the level: id, and size with six decimals. */
    public void onOrder(long orderId, long size) {
        mix(orderId);
        mix(size);
    }

    /** The checksum; 0 of an empty book. */
    public long value() {
        return hash;
    }

    private void mix(long value) {
        long mixed = (hash ^ value) * 0x9E37_79B9_7F4A_7C15L;
        hash = mixed ^ mixed >>> 29;
    }
}
