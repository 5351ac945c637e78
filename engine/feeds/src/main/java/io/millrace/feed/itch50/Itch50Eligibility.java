// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.itch50;

import io.millrace.codec.event.TradeConditionsEncoder;
import io.millrace.codec.event.TradeEligibilityEncoder;

/**
 * Sale conditions of a print, which this protocol does not carry: outside 09:30 to 16:00 Eastern it
 * is an extended-hours print, below the round lot an odd lot; both count for volume only. An
 * earlier end of market hours, as on half days, is believed. Owned by the ingress thread.
 */
final class Itch50Eligibility {
    static final int EXTENDED_HOURS = TradeConditionsEncoder.extendedHours(0, true);
    static final int ODD_LOT = TradeConditionsEncoder.oddLot(0, true);
    static final byte NONE = 0;
    static final byte VOLUME_ONLY = TradeEligibilityEncoder.volume(NONE, true);
    static final byte ALL = TradeEligibilityEncoder.highLow(
        TradeEligibilityEncoder.last(VOLUME_ONLY, true), true);

    private static final long OPEN_NS = 34_200_000_000_000L;
    private static final long CLOSE_NS = 57_600_000_000_000L;

    private final Itch50Listings listings;
    private long closeNs = CLOSE_NS;

    Itch50Eligibility(Itch50Listings listings) {
        this.listings = listings;
    }

    /** A new day: market hours are the usual ones until told otherwise. */
    void clear() {
        closeNs = CLOSE_NS;
    }

    /** The venue ended market hours. */
    void onMarketClosed(long timeOfDayNs) {
        closeNs = timeOfDayNs > OPEN_NS ? Math.min(closeNs, timeOfDayNs) : closeNs;
    }

    /** Bits of the schema's TradeConditions for a print. */
    int conditions(long timeOfDayNs, int locate, long shares) {
        int conditions = timeOfDayNs >= OPEN_NS && timeOfDayNs < closeNs ? 0 : EXTENDED_HOURS;
        return shares < listings.roundLot(locate) ? conditions | ODD_LOT : conditions;
    }

    /** Bits of the schema's TradeEligibility that go with conditions. */
    static byte of(int conditions) {
        return (conditions & (EXTENDED_HOURS | ODD_LOT)) == 0 ? ALL : VOLUME_ONLY;
    }
}
