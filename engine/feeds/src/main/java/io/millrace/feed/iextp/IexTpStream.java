// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iextp;

/** What a snapshot has to be of: the stream that a session follows. Ingress thread. */
public interface IexTpStream {
    /** True once a segment told which stream it is. */
    boolean isKnown();

    /** Raw value of the message protocol. */
    int protocolId();

    /** Channel of the segments, unsigned. */
    long channelId();

    /** Session of the segments, unsigned. */
    long sessionId();

    /** Number of the message that comes next, unsigned. */
    long expectedSequence();
}
