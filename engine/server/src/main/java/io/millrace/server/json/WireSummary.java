// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.json;

/** What a walk over captures met, for the one line at its end. One thread. */
public final class WireSummary {
    long messages;
    long unknownMessages;
    long malformedMessages;
    long packets;
    long malformedPackets;
    long heartbeats;
    long sessionEnds;
    long gaps;
    long missing;
    long strayBytes;
    long unfollowedPackets;
    long foreignPackets;
    String problem;

    /**
     * True when bytes were lost or made no sense, or when packets were met, but all of another
     * protocol. What the wire itself did not bring is no finding about the file.
     */
    public boolean isFinding() {
        return problem != null || malformedMessages > 0 || malformedPackets > 0
            || foreignPackets > 0 && foreignPackets == packets;
    }

    /** True when there was something, and nothing of it was a message of the protocol. */
    public boolean isOfOtherKind() {
        return messages == 0 && heartbeats == 0 && sessionEnds == 0
            && (packets > 0 || unknownMessages > 0 || malformedMessages > 0 || strayBytes > 0);
    }

    /** The one line. */
    public String line() {
        StringBuilder line = new StringBuilder(200);
        line.append(messages).append(" messages, ").append(packets).append(" packets, ")
            .append(heartbeats).append(" heart-beats, ").append(sessionEnds)
            .append(" session ends, ")
            .append(gaps).append(" gaps, ").append(missing).append(" missing, ")
            .append(strayBytes).append(" stray bytes, ").append(unknownMessages)
            .append(" of unknown type, ")
            .append(malformedMessages).append(" malformed messages, ")
            .append(malformedPackets).append(" malformed packets");
        if (foreignPackets > 0) {
            line.append(", ").append(foreignPackets).append(" packets of other protocols");
        }
        if (unfollowedPackets > 0) {
            line.append(", ").append(unfollowedPackets).append(" packets of more than ")
                .append(SequenceLedger.MAX_SESSIONS).append(" sessions without a ledger");
        }
        if (problem != null) {
            line.append("; cut: ").append(problem);
        }
        return line.toString();
    }
}
