// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import io.millrace.event.EventFlag;
import io.millrace.instrument.Venue;

/**
 * One channel of one venue: what its events carry besides their content. The session marks it while
 * it has a hole that nothing healed. Owned by the ingress thread.
 */
public final class FeedChannel {
    private final int venueId;
    private final int channelId;
    private final int standingFlags;
    private int flags;

    /**
     * @param channelId     number of the channel within the engine, 0 to 255
     * @param standingFlags bits of {@link EventFlag} that all events of the channel carry
     */
    public FeedChannel(Venue venue, int channelId, int standingFlags) {
        if (channelId < 0 || channelId > 255) {
            throw new IllegalArgumentException("channel id " + channelId
                + " is not within 0 to 255");
        }
        venueId = venue.id();
        this.channelId = channelId;
        this.standingFlags = standingFlags;
        flags = standingFlags;
    }

    /** Id of the venue. */
    public int venueId() {
        return venueId;
    }

    /** Number of the channel within the engine. */
    public int channelId() {
        return channelId;
    }

    /** Bits of {@link EventFlag} that an event carries now, without LAST. */
    public int flags() {
        return flags;
    }

    /** Messages were lost: what follows may build on what never came. */
    public void markMaybeBad() {
        flags = standingFlags | EventFlag.MAYBE_BAD;
    }

    /** A new session or a snapshot: what follows is whole again. */
    public void markWhole() {
        flags = standingFlags;
    }
}
