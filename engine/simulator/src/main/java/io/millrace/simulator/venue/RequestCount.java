// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

/** What a re-request server counts; each request is one of the first seven. */
public enum RequestCount {
    /** Answered with all that was asked. */
    ANSWERED,
    /** Answered with less: the reply's limit, or the newest message. */
    CUT,
    /** Not a request, or one for nothing. */
    MALFORMED,
    /** Of another session; not answered. */
    WRONG_SESSION,
    /** Not sent yet, or no longer kept; not answered. */
    NOT_AVAILABLE,
    /** More in a second than are answered. */
    THROTTLED,
    /** Taken while the server is silent. */
    IGNORED,
    /** Messages in replies. */
    MESSAGES,
    /** Replies that the socket did not take. */
    UNSENT
}
