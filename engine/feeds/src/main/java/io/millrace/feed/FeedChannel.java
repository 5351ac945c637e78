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
    private int liveFlags;
    private int lastFlag = EventFlag.LAST;

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
        markWhole();
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

    /** LAST, or 0 while a message does not complete an update of its instrument. */
    public int lastFlag() {
        return lastFlag;
    }

    /** Messages were lost: what follows may build on what never came. */
    public void markMaybeBad() {
        liveFlags = standingFlags | EventFlag.MAYBE_BAD;
        markLive();
    }

    /** A new session or a snapshot: what follows is whole again. */
    public void markWhole() {
        liveFlags = standingFlags;
        markLive();
    }

    /** The next message is one of a snapshot and not the last of its instrument. */
    public void markSnapshot() {
        flags = standingFlags | EventFlag.SNAPSHOT;
        lastFlag = 0;
    }

    /** The next message is the last that a snapshot has of its instrument. */
    public void markSnapshotLast() {
        flags = standingFlags | EventFlag.SNAPSHOT;
        lastFlag = EventFlag.LAST;
    }

    /** The next message is one of the live flow. */
    public void markLive() {
        flags = liveFlags;
        lastFlag = EventFlag.LAST;
    }
}
