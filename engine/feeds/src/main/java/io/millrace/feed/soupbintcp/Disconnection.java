// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.soupbintcp;

/** Why a connection ended. */
public enum Disconnection {
    /** The server cannot be reached. */
    CONNECT_FAILED("the server cannot be reached"),
    /** The server did not take the connection in time. */
    CONNECT_TIMED_OUT("the server did not take the connection in time"),
    /** The login was not answered in time. */
    LOGIN_TIMED_OUT("the login was not answered in time"),
    /** The server does not know user and password. */
    NOT_AUTHORISED("the login was rejected: user or password"),
    /** The server has no such session. */
    SESSION_NOT_AVAILABLE("the login was rejected: session not available"),
    /** Nothing came for too long. */
    SILENT("nothing came for too long"),
    /** The server closed it, or it broke. */
    CLOSED_BY_SERVER("the connection ended without an end of session"),
    /** A packet's length cannot be right. */
    BAD_LENGTH("a packet's length cannot be right"),
    /** A packet is of no type that a server sends, or not its time. */
    BAD_TYPE("a packet is of no type that a server sends now"),
    /** The answer to the login names no session or no sequence. */
    BAD_LOGIN_ANSWER("the answer to the login names no session or no sequence"),
    /** The answer to the login jumps so far that it is asked for once more. */
    SUSPICIOUS_SEQUENCE("the answer to the login jumps too far to be believed at once"),
    /** The answer to the login is of another session than was asked for. */
    OTHER_SESSION("the answer to the login is of another session"),
    /** The answer to the login is of the session of the last trading date. */
    LEFT_SESSION("the server still has the session of the last trading date"),
    /** No more can be kept to be sent. */
    SEND_BLOCKED("the server takes nothing any more"),
    /** The session is over. */
    END_OF_SESSION("end of session"),
    /** We gave it up, to begin again. */
    GIVEN_UP("given up by us"),
    /** We have what we wanted. */
    STOPPED("stopped by us");

    private final String text;

    Disconnection(String text) {
        this.text = text;
    }

    /** The reason in words. */
    public String text() {
        return text;
    }

    /** True when it is worth a line in the error log. */
    boolean isFailure() {
        return this != END_OF_SESSION && this != GIVEN_UP && this != STOPPED;
    }
}
