// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.soupbintcp;

/** Where a client stands. */
public enum SoupBinTcpState {
    /** Not started, or stopped. */
    STOPPED,
    /** The next attempt is not due yet. */
    WAITING,
    /** The server has not taken the connection yet. */
    CONNECTING,
    /** The login has not been answered yet. */
    LOGGING_IN,
    /** Logged in. */
    UP,
    /** The session said that it is over; it is not asked for again. */
    ENDED,
    /** The server refused the user too often; it is not asked again. */
    REFUSED
}
