// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.soupbintcp;

import io.millrace.codec.soupbintcp.LoginRequestEncoder;
import org.agrona.ErrorHandler;

/**
 * Options of one client: who it is, what it asks for, how long it waits. Set up by the thread that
 * wires, read by the ingress thread.
 */
public final class SoupBinTcpContext {
    /** Longest of all times: an hour. */
    public static final long MAX_TIME_NS = 3_600_000_000_000L;

    private static final long NS_PER_MS = 1_000_000L;

    private SoupBinTcpCredentials credentials;
    private byte[] session = SoupBinTcpName.of("session", "",
        LoginRequestEncoder.requestedSessionLength());
    private long startSequence = 1;
    private long heartbeatNs = 1_000 * NS_PER_MS;
    private long receiveTimeoutNs = 15_000 * NS_PER_MS;
    private long loginTimeoutNs = 30_000 * NS_PER_MS;
    private long connectTimeoutNs = 5_000 * NS_PER_MS;
    private long firstRetryNs = 100 * NS_PER_MS;
    private long longestRetryNs = 10_000 * NS_PER_MS;
    private int rejectionLimit = 3;
    private long jitterSeed = 1;
    private ErrorHandler errors = failure -> { };

    /** Who logs in; must be set. */
    public SoupBinTcpContext credentials(SoupBinTcpCredentials value) {
        credentials = value;
        return this;
    }

    SoupBinTcpCredentials credentials() {
        return credentials;
    }

    /** Session asked for at first; empty for the active one. */
    public SoupBinTcpContext session(String value) {
        session = SoupBinTcpName.of("session", value, session.length);
        return this;
    }

    byte[] session() {
        return session;
    }

    /** First message asked for: 1 for all of the session, 0 for those to come. */
    public SoupBinTcpContext startSequence(long value) {
        startSequence = checked("start sequence", value, 0, AsciiNumber.MAX);
        return this;
    }

    long startSequence() {
        return startSequence;
    }

    /** Time after which we send a sign of life when we sent nothing else. */
    public SoupBinTcpContext heartbeatNs(long value) {
        heartbeatNs = checked("heart-beat", value, 1, MAX_TIME_NS);
        return this;
    }

    long heartbeatNs() {
        return heartbeatNs;
    }

    /** Time without any packet after which the connection counts as dead. */
    public SoupBinTcpContext receiveTimeoutNs(long value) {
        receiveTimeoutNs = checked("receive time-out", value, 1, MAX_TIME_NS);
        return this;
    }

    long receiveTimeoutNs() {
        return receiveTimeoutNs;
    }

    /** Time for the answer to a login. */
    public SoupBinTcpContext loginTimeoutNs(long value) {
        loginTimeoutNs = checked("login time-out", value, 1, MAX_TIME_NS);
        return this;
    }

    long loginTimeoutNs() {
        return loginTimeoutNs;
    }

    /** Time for the connection. */
    public SoupBinTcpContext connectTimeoutNs(long value) {
        connectTimeoutNs = checked("connect time-out", value, 1, MAX_TIME_NS);
        return this;
    }

    long connectTimeoutNs() {
        return connectTimeoutNs;
    }

    /** Time from a first failure to the next attempt, and the longest that it grows to. */
    public SoupBinTcpContext retryNs(long firstNs, long longestNs) {
        longestRetryNs = checked("longest retry", longestNs, 1, MAX_TIME_NS);
        firstRetryNs = checked("first retry", firstNs, 1, longestNs);
        return this;
    }

    long firstRetryNs() {
        return firstRetryNs;
    }

    long longestRetryNs() {
        return longestRetryNs;
    }

    /** Logins rejected in a row for user or password after which none is tried any more. */
    public SoupBinTcpContext rejectionLimit(int value) {
        rejectionLimit = (int) checked("rejection limit", value, 1, 1_000);
        return this;
    }

    int rejectionLimit() {
        return rejectionLimit;
    }

    /** Same seed, same times of the attempts. */
    public SoupBinTcpContext jitterSeed(long value) {
        jitterSeed = value;
        return this;
    }

    long jitterSeed() {
        return jitterSeed;
    }

    /** Told why a connection failed. */
    public SoupBinTcpContext errors(ErrorHandler value) {
        errors = value;
        return this;
    }

    ErrorHandler errors() {
        return errors;
    }

    private static long checked(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " " + value + " is not within " + min
                + " to " + max);
        }
        return value;
    }
}
