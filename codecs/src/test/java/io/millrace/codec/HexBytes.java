// SPDX-License-Identifier: Apache-2.0
package io.millrace.codec;

import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;

/** Bytes as specifications print them. */
final class HexBytes {
    private static final HexFormat FORMAT = HexFormat.ofDelimiter(" ").withUpperCase();

    private HexBytes() {
    }

    static UnsafeBuffer parse(String hex) {
        return new UnsafeBuffer(FORMAT.parseHex(hex.strip().replaceAll("\\s+", " ")));
    }

    static String print(UnsafeBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return FORMAT.formatHex(bytes);
    }

    static String print(UnsafeBuffer buffer) {
        return print(buffer, 0, buffer.capacity());
    }
}
