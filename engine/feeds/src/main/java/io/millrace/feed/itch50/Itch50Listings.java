// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.itch50;

import io.millrace.feed.SymbolText;
import io.millrace.instrument.InstrumentDirectory;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * What each locate code stands for today: the security's permanent id and its round lot. Locates
 * are dense numbers that begin anew each day, so that this is an array. Owned by the ingress
 * thread.
 */
final class Itch50Listings {
    /** Round lot of a security whose directory message has not come. */
    static final int DEFAULT_ROUND_LOT = 100;
    /** Answer when a locate has not been told. */
    static final int UNKNOWN = InstrumentDirectory.NOT_FOUND;

    private static final int LOCATE_COUNT = 1 << 16;

    private final InstrumentDirectory directory;
    /** Instrument id in the low half, round lot in the high half, by locate. */
    private final long[] listings = new long[LOCATE_COUNT];

    Itch50Listings(InstrumentDirectory directory) {
        this.directory = directory;
    }

    /** Forgets all locates. */
    void clear() {
        Arrays.fill(listings, 0);
    }

    /** Id behind a locate, or {@link #UNKNOWN}. */
    int instrumentId(int locate) {
        return (int) listings[locate];
    }

    /** Shares of a round lot behind a locate, unsigned. */
    long roundLot(int locate) {
        return listings[locate] >>> 32;
    }

    /**
     * Lets a locate stand for the security whose symbol is in a buffer. Locate 0 is nobody's and is
     * not kept.
     *
     * @return the security's id, or {@link #UNKNOWN} when the directory is full
     */
    int define(int locate, DirectBuffer buffer, int symbolOffset, int roundLot) {
        int instrumentId = directory.findOrAdd(buffer, symbolOffset, SymbolText.LENGTH);
        if (locate != 0 && instrumentId != UNKNOWN) {
            listings[locate] = instrumentId | Integer.toUnsignedLong(roundLot) << 32;
        }
        return instrumentId;
    }

    /** Lets a locate stand again for what it stood for; 0 is nobody's. */
    void recall(int locate, int instrumentId, long roundLot) {
        if (locate > 0 && locate < LOCATE_COUNT) {
            listings[locate] = instrumentId | roundLot << 32;
        }
    }

    /** Number of securities that the directory knows; it grows by one when a new one is defined. */
    int known() {
        return directory.count();
    }
}
