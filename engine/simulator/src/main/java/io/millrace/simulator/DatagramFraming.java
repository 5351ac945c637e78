// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * How a session protocol puts messages into datagrams: MoldUDP64 or IEX-TP. The datagram begun
 * last is the next to be sent. Owned by the thread that builds datagrams.
 */
public interface DatagramFraming {
    /** Begins a datagram of at most so many bytes whose first message has a number. */
    void begin(MutableDirectBuffer target, int maxLength, long sequence);

    /** Appends a message sent at a time; false, and nothing done, when it does not fit. */
    boolean append(DirectBuffer source, int length, long timeNs);

    /** Messages in the datagram. */
    int count();

    /** Bytes of the datagram. */
    int length();

    /** Bytes of a datagram without messages. */
    int controlLength();

    /** Writes a heart-beat that stands before the datagram with a number. */
    void heartbeat(MutableDirectBuffer target, long sequence, long timeNs);

    /** Writes what tells that the session is over and which number would come next. */
    void endOfSession(MutableDirectBuffer target, long nextSequence, long timeNs);
}
