// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.soupbintcp;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Numbers as decimal text with spaces around, as sequences stand in packets. Has no state. */
public final class AsciiNumber {
    /** Answer when the text is no number, or one beyond {@link #MAX}. */
    public static final long INVALID = -1;
    /** Greatest number: far beyond any session's, and far from where a long ends. */
    public static final long MAX = 999_999_999_999_999_999L;

    private AsciiNumber() {
    }

    /** The number, or {@link #INVALID}. */
    public static long parse(DirectBuffer buffer, int offset, int length) {
        int first = offset;
        int end = offset + length;
        while (first < end && buffer.getByte(first) == ' ') {
            first++;
        }
        while (end > first && buffer.getByte(end - 1) == ' ') {
            end--;
        }
        long value = first == end ? INVALID : 0;
        for (int i = first; i < end && value >= 0; i++) {
            int digit = buffer.getByte(i) - '0';
            boolean isRight = digit >= 0 && digit <= 9 && value <= (MAX - digit) / 10;
            value = isRight ? value * 10 + digit : INVALID;
        }
        return value;
    }

    /** Writes a number, right justified behind spaces. */
    public static void put(MutableDirectBuffer buffer, int offset, int length, long value) {
        long rest = value;
        for (int i = offset + length - 1; i >= offset; i--) {
            boolean isDigit = rest != 0 || i == offset + length - 1;
            buffer.putByte(i, isDigit ? (byte) ('0' + rest % 10) : (byte) ' ');
            rest /= 10;
        }
    }
}
