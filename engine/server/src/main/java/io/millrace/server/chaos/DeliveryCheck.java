// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import io.millrace.event.EventFlag;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.transport.MessageHandler;
import io.millrace.simulator.venue.VenueTwin;
import org.agrona.DirectBuffer;

/**
 * Stands before the decoder of a channel: every live message comes once, in order, and is byte for
 * byte what the venue sent under its number. One thread.
 */
final class DeliveryCheck implements MessageHandler {
    private final MessageHandler decoder;
    private final FeedChannel channel;
    private final ChannelWatch watch;
    private final RehearsedVenue venue;
    private final Verdict verdict;
    private final VenueTwin twin;
    private final boolean isContentChecked;
    private int session = 1;
    private long last;

    DeliveryCheck(MessageHandler decoder, FeedChannel channel, ChannelWatch watch,
        RehearsedVenue venue, Verdict verdict, boolean isContentChecked) {
        this.decoder = decoder;
        this.channel = channel;
        this.watch = watch;
        this.verdict = verdict;
        this.venue = venue;
        twin = venue.newTwin();
        this.isContentChecked = isContentChecked;
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, long channelSequence,
        long receiveTimeNs) {
        if ((channel.flags() & EventFlag.SNAPSHOT) == 0) {
            verdict.holds("message-delivered-once-in-order", channelSequence > last,
                watch.name() + " behind " + last, channelSequence);
            last = channelSequence;
            venue.handed(session).set((int) channelSequence);
            if (isContentChecked) {
                checkContent(buffer, offset, length, channelSequence);
            }
        }
        decoder.onMessage(buffer, offset, length, channelSequence, receiveTimeNs);
    }

    @Override
    public void onSessionChanged() {
        session++;
        last = 0;
        decoder.onSessionChanged();
    }

    /** Goes on in the session in which an earlier life ended. */
    void resume() {
        session = watch.session();
    }

    /** Brings the twin to a message of the session that is delivered now; false beyond the day. */
    boolean follow(int wantedSession, long sequence) {
        while (twin.session() < wantedSession
            || twin.session() == wantedSession && twin.sequence() < sequence) {
            if (!twin.advance()) {
                return false;
            }
        }
        return true;
    }

    VenueTwin twin() {
        return twin;
    }

    private void checkContent(DirectBuffer buffer, int offset, int length, long sequence) {
        if (!follow(session, sequence) || twin.sequence() != sequence) {
            verdict.fail("message-was-sent", watch.name() + " " + sequence + " of the venue",
                "never sent");
        }
        boolean isEqual = twin.length() == length;
        for (int i = 0; isEqual && i < length; i++) {
            isEqual = buffer.getByte(offset + i) == twin.message().getByte(i);
        }
        if (!isEqual) {
            verdict.fail("message-as-sent", watch.name() + " " + sequence + " as sent",
                "other bytes");
        }
    }
}
