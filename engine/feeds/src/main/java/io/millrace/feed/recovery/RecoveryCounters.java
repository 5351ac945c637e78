// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recovery;

import io.millrace.counter.PublishedCounts;

/**
 * What a channel's holes cost and how they ended. Parts of one hole that ended differently count
 * each. Owned by the ingress thread; others read it once that has ended, and before only what was
 * shown to them by {@link #show}.
 */
public final class RecoveryCounters {
    private static final int OPENED = 0;
    private static final int OPEN = 1;
    private static final int HEALED_BY_LINE = 2;
    private static final int HEALED_BY_REQUEST = 3;
    private static final int REQUESTS = 4;
    private static final int HELD_PACKETS = 5;
    private static final int SHOWN_COUNT = 6;

    private final PublishedCounts shown = new PublishedCounts(SHOWN_COUNT);
    private long opened;
    private long healedByLine;
    private long healedByRequest;
    private long healedMessages;
    private long requests;
    private long requestsNotSent;
    private long answers;
    private long wrongSession;
    private long unwanted;
    private long heldPackets;
    private int mostHeldPackets;
    private int mostHeldBytes;
    private long givenUpForRoom;
    private long discarded;

    /** Shows to other threads what they may ask for, with what is open and held now. */
    public void show(OpenHoles holes, HeldPackets held) {
        shown.set(OPENED, opened);
        shown.set(OPEN, holes.size());
        shown.set(HEALED_BY_LINE, healedByLine);
        shown.set(HEALED_BY_REQUEST, healedByRequest);
        shown.set(REQUESTS, requests);
        shown.set(HELD_PACKETS, held.size());
    }

    /** {@link #opened()} as shown last. Any thread. */
    public long shownOpened() {
        return shown.get(OPENED);
    }

    /** Holes open when shown last. Any thread. */
    public long shownOpen() {
        return shown.get(OPEN);
    }

    /** {@link #healedByLine()} as shown last. Any thread. */
    public long shownHealedByLine() {
        return shown.get(HEALED_BY_LINE);
    }

    /** {@link #healedByRequest()} as shown last. Any thread. */
    public long shownHealedByRequest() {
        return shown.get(HEALED_BY_REQUEST);
    }

    /** {@link #requests()} as shown last. Any thread. */
    public long shownRequests() {
        return shown.get(REQUESTS);
    }

    /** Packets held back when shown last. Any thread. */
    public long shownHeldPackets() {
        return shown.get(HELD_PACKETS);
    }

    /** A hole opened. */
    public void onOpened() {
        opened++;
    }

    /** A hole, or the part of one before a loss, is healed. */
    public void onHealed(boolean isByRequest, long messages) {
        if (isByRequest) {
            healedByRequest++;
        } else {
            healedByLine++;
        }
        healedMessages += messages;
    }

    /** A packet is held back; so much is held now. */
    public void onHeld(int packets, int bytes) {
        heldPackets++;
        mostHeldPackets = Math.max(mostHeldPackets, packets);
        mostHeldBytes = Math.max(mostHeldBytes, bytes);
    }

    /** A hole was given up as no more could be held back. */
    public void onGivenUpForRoom() {
        givenUpForRoom++;
    }

    /** A packet was left out as it could not be held back, as if lost on the wire. */
    public void onDiscarded() {
        discarded++;
    }

    /** A request was sent. */
    public void onRequest() {
        requests++;
    }

    /** A request could not be sent; it counts as one without an answer. */
    public void onRequestNotSent() {
        requestsNotSent++;
    }

    /** A request server sent a packet. */
    public void onAnswer() {
        answers++;
    }

    /** An answer belongs to another session. */
    public void onWrongSession() {
        wrongSession++;
    }

    /** An answer held nothing that was missing. */
    public void onUnwanted() {
        unwanted++;
    }

    /** Holes that opened. */
    public long opened() {
        return opened;
    }

    /** Holes, or parts, that the lines healed themselves: the other one, or late on the same. */
    public long healedByLine() {
        return healedByLine;
    }

    /** Holes, or parts, of which at least some messages had to be asked for. */
    public long healedByRequest() {
        return healedByRequest;
    }

    /** Messages of all healed holes. */
    public long healedMessages() {
        return healedMessages;
    }

    /** Requests that were sent. */
    public long requests() {
        return requests;
    }

    /** Requests that could not be sent. */
    public long requestsNotSent() {
        return requestsNotSent;
    }

    /** Packets from request servers. */
    public long answers() {
        return answers;
    }

    /** Answers of another session; they are left out. */
    public long wrongSession() {
        return wrongSession;
    }

    /** Answers that held nothing missing. */
    public long unwanted() {
        return unwanted;
    }

    /** Packets that were held back. */
    public long heldPackets() {
        return heldPackets;
    }

    /** Most packets held back at once. */
    public int mostHeldPackets() {
        return mostHeldPackets;
    }

    /** Most bytes held back at once. */
    public int mostHeldBytes() {
        return mostHeldBytes;
    }

    /** Holes given up as no more could be held back. */
    public long givenUpForRoom() {
        return givenUpForRoom;
    }

    /** Packets left out as they could not be held back. */
    public long discarded() {
        return discarded;
    }

    @Override
    public String toString() {
        return opened + " holes opened, " + healedByLine + " healed by a line, " + healedByRequest
            + " by request (" + healedMessages + " messages), " + requests + " requests, "
            + requestsNotSent + " not sent, " + answers + " answers, " + wrongSession
            + " of another session, " + unwanted + " unwanted, at most " + mostHeldPackets
            + " packets and " + mostHeldBytes + " bytes held, " + givenUpForRoom
            + " given up for room, " + discarded + " discarded";
    }
}
