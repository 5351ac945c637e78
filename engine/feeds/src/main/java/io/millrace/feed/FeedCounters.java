// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import io.millrace.counter.PublishedCounts;

/**
 * What one channel received and what became of it. Every message that came in is published,
 * malformed, of unknown type or ignored: {@link #isBalanced()}. Owned by the ingress thread; others
 * read it once that has ended, and before only what was shown to them by {@link #show()}.
 */
public final class FeedCounters {
    private static final int MESSAGES = 0;
    private static final int MISSING = 1;
    private static final int GAPS = 2;
    private static final int ENDS_OF_SESSION = 3;
    private static final int SESSION_CHANGES = 4;
    private static final int SESSIONS_BEHIND_AN_END = 5;
    private static final int SHOWN_COUNT = 6;

    private final PublishedCounts shown = new PublishedCounts(SHOWN_COUNT);
    private final long[] malformed = new long[Malformation.values().length];
    private final long[] unknownTypes = new long[256];
    private final LineScorecard lines = new LineScorecard();

    private long packets;
    private long heartbeats;
    private long endsOfSession;
    private long sessionChanges;
    private long sessionsBehindAnEnd;
    private long gaps;
    private long missing;
    private long suspicious;
    private long foreign;
    private long malformedPackets;
    private long duplicates;
    private long emptyMessages;
    private long messages;
    private long published;
    private long unknown;
    private long malformedMessages;
    private long unknownLocate;
    private long directoryFull;
    private long withheld;
    private long overflowPackets;
    private long strayBytes;

    /** Shows to other threads what they may ask for, after a duty cycle's work. */
    public void show() {
        shown.set(MESSAGES, messages);
        shown.set(MISSING, missing);
        shown.set(GAPS, gaps);
        shown.set(ENDS_OF_SESSION, endsOfSession);
        shown.set(SESSION_CHANGES, sessionChanges);
        shown.set(SESSIONS_BEHIND_AN_END, sessionsBehindAnEnd);
        lines.show();
    }

    /** The lines of the channel, side by side. */
    public LineScorecard lines() {
        return lines;
    }

    /** {@link #messages()} as shown last. Any thread. */
    public long shownMessages() {
        return shown.get(MESSAGES);
    }

    /** {@link #missing()} as shown last. Any thread. */
    public long shownMissing() {
        return shown.get(MISSING);
    }

    /** {@link #gaps()} as shown last. Any thread. */
    public long shownGaps() {
        return shown.get(GAPS);
    }

    /** {@link #endsOfSession()} as shown last. Any thread. */
    public long shownEndsOfSession() {
        return shown.get(ENDS_OF_SESSION);
    }

    /** {@link #sessionChanges()} as shown last. Any thread. */
    public long shownSessionChanges() {
        return shown.get(SESSION_CHANGES);
    }

    /** Sessions that began after one had ended, as shown last. Any thread. */
    public long shownSessionsBehindAnEnd() {
        return shown.get(SESSIONS_BEHIND_AN_END);
    }

    /** A packet of the session came in. */
    public void onPacket() {
        packets++;
    }

    /** A packet without messages told the next sequence. */
    public void onHeartbeat() {
        heartbeats++;
    }

    /** A packet said that the session is over. */
    public void onEndOfSession() {
        endsOfSession++;
    }

    /** A packet began another session. */
    public void onSessionChanged() {
        sessionChanges++;
        if (endsOfSession > 0) {
            sessionsBehindAnEnd++;
        }
    }

    /** Messages from one sequence, inclusive, to another, exclusive, are lost for good. */
    public void onGap(long from, long to) {
        gaps++;
        long length = to - from;
        boolean isTooLong = length < 0 || missing > Long.MAX_VALUE - length;
        missing = isTooLong ? Long.MAX_VALUE : missing + length;
    }

    /** A packet was set aside: ahead and nothing agreed with it, or of another session. */
    public void onSuspiciousPacket() {
        suspicious++;
    }

    /** A packet was left out as of another stream than the session's. */
    public void onForeignPacket() {
        foreign++;
    }

    /** Messages came that had come before. */
    public void onDuplicates(long count) {
        duplicates += count;
    }

    /** A block without content used up a sequence. */
    public void onEmptyMessage() {
        emptyMessages++;
    }

    /** Bytes stood behind the last block of a packet. */
    public void onStrayBytes(long count) {
        strayBytes += count;
    }

    /** A packet was refused as a whole. */
    public void onMalformedPacket(Malformation kind) {
        malformed[kind.ordinal()]++;
        malformedPackets++;
    }

    /** A packet was discarded before decoding because the ring was full. */
    public void onOverflow() {
        overflowPackets++;
    }

    /** A message reached the decoder. */
    public void onMessage() {
        messages++;
    }

    /** The message became one event or more. */
    public void onPublished() {
        published++;
    }

    /** The message was refused. */
    public void onMalformedMessage(Malformation kind) {
        malformed[kind.ordinal()]++;
        malformedMessages++;
    }

    /** The message is of a type that the decoder does not know. */
    public void onUnknownType(int type) {
        unknownTypes[type & 0xFF]++;
        unknown++;
    }

    /** The message names no symbol and its locate has not been told yet. */
    public void onUnknownLocate() {
        unknownLocate++;
    }

    /** The message names a symbol that the directory has no room for. */
    public void onDirectoryFull() {
        directoryFull++;
    }

    /** The message is not of what the feed is there for. */
    public void onWithheld() {
        withheld++;
    }

    /** Packets of the session, heart-beats and malformed ones included. */
    public long packets() {
        return packets;
    }

    /** Packets without messages. */
    public long heartbeats() {
        return heartbeats;
    }

    /** Packets that said the session is over. */
    public long endsOfSession() {
        return endsOfSession;
    }

    /** Times that another session began. */
    public long sessionChanges() {
        return sessionChanges;
    }

    /** Holes in the sequence, or parts of them, that nothing healed. */
    public long gaps() {
        return gaps;
    }

    /** Messages in all holes, at most the greatest long. */
    public long missing() {
        return missing;
    }

    /** Packets set aside: ahead and nothing agreed with them, or of another session. */
    public long suspiciousPackets() {
        return suspicious;
    }

    /** Packets that were left out as of another stream. */
    public long foreignPackets() {
        return foreign;
    }

    /** Packets that were refused as a whole. */
    public long malformedPackets() {
        return malformedPackets;
    }

    /** Messages that came once more. */
    public long duplicates() {
        return duplicates;
    }

    /** Blocks without content. */
    public long emptyMessages() {
        return emptyMessages;
    }

    /** Bytes behind the last blocks of packets. */
    public long strayBytes() {
        return strayBytes;
    }

    /** Packets discarded because the ring was full. */
    public long overflowPackets() {
        return overflowPackets;
    }

    /** Messages that reached the decoder. */
    public long messages() {
        return messages;
    }

    /** Messages that became events. */
    public long published() {
        return published;
    }

    /** Messages that were refused. */
    public long malformedMessages() {
        return malformedMessages;
    }

    /** Packets or messages that were refused for one reason. */
    public long malformed(Malformation kind) {
        return malformed[kind.ordinal()];
    }

    /** Messages of unknown type. */
    public long unknownTypes() {
        return unknown;
    }

    /** Messages of one unknown type. */
    public long unknownType(int type) {
        return unknownTypes[type & 0xFF];
    }

    /** Messages without a symbol whose locate was not known. */
    public long unknownLocate() {
        return unknownLocate;
    }

    /** Messages whose symbol found no room in the directory. */
    public long directoryFull() {
        return directoryFull;
    }

    /** Messages that are not of what the feed is there for. */
    public long withheld() {
        return withheld;
    }

    /** Messages that were well-formed and yet published nothing. */
    public long ignored() {
        return unknownLocate + directoryFull + withheld;
    }

    /** True when every message is accounted for. */
    public boolean isBalanced() {
        return messages == published + malformedMessages + unknown + ignored();
    }

    /**
     * True when messages are missing or bytes made no sense; also when packets came, but all of
     * another stream.
     */
    public boolean hasFinding() {
        return gaps > 0 || suspicious > 0 || malformedPackets > 0 || malformedMessages > 0
            || foreign > 0 && foreign == packets;
    }

    /** True when nothing that came was of the protocol. */
    public boolean isOfOtherKind() {
        return published == 0 && ignored() == 0 && emptyMessages == 0 && heartbeats == 0;
    }

    @Override
    public String toString() {
        return messages + " messages, " + packets + " packets, " + heartbeats + " heart-beats, "
            + gaps + " gaps, " + missing + " missing, " + suspicious + " suspicious, "
            + foreign + " foreign, " + malformedPackets + " malformed packets, "
            + duplicates + " duplicates, " + malformedMessages + " malformed, "
            + unknown + " unknown, " + ignored() + " ignored"
            + (withheld == 0 ? "" : " (" + withheld + " of another role)");
    }
}
