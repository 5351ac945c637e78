// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.soupbintcp;

import org.agrona.DirectBuffer;

/**
 * Takes what a client hears. Buffers are valid during the call, in which the client may be stopped
 * or sent back. Called on the ingress thread.
 */
public interface SoupBinTcpListener {
    /** A login is about to be sent. */
    void onLoginDue();

    /** Session to log in to, of ten characters; spaces for the active one. */
    byte[] wantedSession();

    /** Number of the first message wanted; 0 for the newest. Asked when a login is sent. */
    long wantedSequence();

    /**
     * The server let us in.
     *
     * @param session  of ten characters, justified on the left
     * @param sequence number of the next sequenced message
     */
    void onLoginAccepted(byte[] session, long sequence);

    /** The server did not let us in, for the venue's reason A or S. */
    void onLoginRejected(byte reason);

    /** A message with its number. */
    void onSequenced(DirectBuffer buffer, int offset, int length, long sequence,
                     long receiveTimeNs);

    /** A message without a number. */
    void onUnsequenced(DirectBuffer buffer, int offset, int length, long receiveTimeNs);

    /** A server's heart-beat, or text for people: nothing but a sign of life. */
    void onSignOfLife();

    /** No more sequenced messages will come. */
    void onEndOfSession();

    /** The connection ended. */
    void onDisconnected(Disconnection reason, long silenceNs);
}
