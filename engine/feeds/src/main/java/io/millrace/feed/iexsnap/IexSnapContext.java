// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iexsnap;

import io.millrace.codec.iexsnap.SnapshotRequestEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.ErrorHandler;

/**
 * Options of a snapshot client: who it is and how long it waits. Set up by the thread that wires,
 * read by the ingress thread.
 */
public final class IexSnapContext {
    /** Longest of all times: an hour. */
    public static final long MAX_TIME_NS = 3_600_000_000_000L;
    /** Characters of a token at most. */
    public static final int MAX_TOKEN_LENGTH = SnapshotRequestEncoder.tokenLength();

    private static final long NS_PER_MS = 1_000_000L;

    private final byte[] token = new byte[MAX_TOKEN_LENGTH];
    private long connectTimeoutNs = 5_000 * NS_PER_MS;
    private long silenceNs = 10_000 * NS_PER_MS;
    private long firstRetryNs = 100 * NS_PER_MS;
    private long longestRetryNs = 10_000 * NS_PER_MS;
    private long jitterSeed = 1;
    private ErrorHandler errors = failure -> { };

    /** @param token proves who asks, at most 40 characters of ASCII; it gets into no report */
    public IexSnapContext(String token) {
        boolean isAscii = token.chars().allMatch(character -> character >= ' ' && character < 127);
        if (token.isEmpty() || token.length() > MAX_TOKEN_LENGTH || !isAscii) {
            throw new IllegalArgumentException("a snapshot token of " + token.length()
                + " characters is not of 1 to " + MAX_TOKEN_LENGTH + " characters of ASCII");
        }
        Arrays.fill(this.token, (byte) ' ');
        byte[] bytes = token.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, this.token, 0, bytes.length);
    }

    byte[] token() {
        return token;
    }

    /** Longest wait for a connection. */
    public IexSnapContext connectTimeoutNs(long timeoutNs) {
        connectTimeoutNs = checked("connect timeout", timeoutNs);
        return this;
    }

    long connectTimeoutNs() {
        return connectTimeoutNs;
    }

    /** Silence after which a connection counts as dead; the protocol has no heart-beats. */
    public IexSnapContext silenceNs(long timeoutNs) {
        silenceNs = checked("silence", timeoutNs);
        return this;
    }

    long silenceNs() {
        return silenceNs;
    }

    /** Wait before the first attempt after a failure, and the longest one. */
    public IexSnapContext retryNs(long firstNs, long longestNs) {
        firstRetryNs = checked("first retry", firstNs);
        longestRetryNs = checked("longest retry", Math.max(firstNs, longestNs));
        return this;
    }

    long firstRetryNs() {
        return firstRetryNs;
    }

    long longestRetryNs() {
        return longestRetryNs;
    }

    /** Same seed, same delays. */
    public IexSnapContext jitterSeed(long seed) {
        jitterSeed = seed;
        return this;
    }

    long jitterSeed() {
        return jitterSeed;
    }

    /** Hears why an attempt failed. */
    public IexSnapContext errors(ErrorHandler handler) {
        errors = handler;
        return this;
    }

    ErrorHandler errors() {
        return errors;
    }

    private static long checked(String name, long valueNs) {
        if (valueNs < 1 || valueNs > MAX_TIME_NS) {
            throw new IllegalArgumentException(name + " " + valueNs + " is not from 1 to "
                + MAX_TIME_NS);
        }
        return valueNs;
    }
}
