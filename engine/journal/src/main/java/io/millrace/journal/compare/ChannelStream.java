// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.compare;

import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.GapState;
import io.millrace.event.EventView;
import java.util.ArrayList;
import java.util.List;

/**
 * Where one channel is, as its events in order tell it: the session, by number, and what was given
 * up in it. One thread.
 */
final class ChannelStream {
    private final GapDecoder gap = new GapDecoder();
    private final List<Lost> lost = new ArrayList<>();
    private int session;
    private boolean hasMessages;
    private long gapCount;
    private long lostMessages;

    private record Lost(int session, long from, long to) {
    }

    /** Takes the next event of the channel; true when it is what a message said. */
    boolean onEvent(EventView event) {
        if (VenueMessages.isMessage(event)) {
            hasMessages = true;
            return true;
        }
        if (VenueMessages.isSessionChange(event) && hasMessages) {
            session++;
            hasMessages = false;
        } else if (event.templateId() == GapDecoder.TEMPLATE_ID) {
            onGap(event);
        }
        return false;
    }

    /** Number of the session, from 0. */
    int session() {
        return session;
    }

    /** True when a message was given up. */
    boolean isLost(int ofSession, long channelSequence) {
        for (int i = lost.size() - 1; i >= 0; i--) {
            Lost range = lost.get(i);
            if (range.session == ofSession) {
                if (Long.compareUnsigned(channelSequence, range.to) >= 0) {
                    return false;
                }
                if (Long.compareUnsigned(channelSequence, range.from) >= 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Gaps that ended in loss. */
    long gapCount() {
        return gapCount;
    }

    /** Messages lost in them. */
    long lostMessages() {
        return lostMessages;
    }

    private void onGap(EventView event) {
        gap.wrap(event.buffer(), event.offset(), event.blockLength(), GapDecoder.SCHEMA_VERSION);
        if (gap.stateRaw() == GapState.LOST.value()) {
            lost.add(new Lost(session, gap.fromSequence(), gap.toSequence()));
            gapCount++;
            lostMessages += gap.toSequence() - gap.fromSequence();
        }
    }
}
