// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

/** What a SoupBinTCP server counts. */
public enum StreamCount {
    /** Connections taken. */
    CONNECTED,
    /** Connections closed at once, since there were as many as are taken. */
    REFUSED,
    /** Logins accepted. */
    ACCEPTED,
    /** Logins with a wrong name or password. */
    NOT_AUTHORISED,
    /** Logins to a session that is not there. */
    NOT_AVAILABLE,
    /** Messages sent, each time. */
    MESSAGES,
    /** Heart-beats sent. */
    HEARTBEATS,
    /** Connections told the end of the session. */
    ENDED,
    /** Connections that logged out. */
    LOGGED_OUT,
    /** Connections that the client closed, or that failed. */
    DISCONNECTED,
    /** Connections whose client was silent, or did not read, for too long. */
    TIMED_OUT,
    /** Connections whose client wanted messages that are no longer kept. */
    TOO_SLOW,
    /** Connections cut by configuration. */
    CUT,
    /** Connections whose client sent what is not the protocol. */
    MALFORMED
}
