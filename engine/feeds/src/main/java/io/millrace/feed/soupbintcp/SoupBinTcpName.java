// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.soupbintcp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** Names of fixed length, justified on the left and padded with spaces. */
final class SoupBinTcpName {
    private SoupBinTcpName() {
    }

    /**
     * A text as its bytes.
     *
     * @param what names the text in the exception, which never shows the text
     */
    static byte[] of(String what, String text, int length) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        boolean isAscii = text.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (bytes.length > length || !isAscii) {
            throw new IllegalArgumentException(what + " is not of at most " + length
                + " printable ASCII characters");
        }
        byte[] name = new byte[length];
        Arrays.fill(name, (byte) ' ');
        System.arraycopy(bytes, 0, name, 0, bytes.length);
        return name;
    }

    /** Copies a name that may be padded on either side; false when it is empty. */
    static boolean copy(DirectBuffer source, int offset, byte[] name) {
        int skipped = 0;
        while (skipped < name.length && source.getByte(offset + skipped) == ' ') {
            skipped++;
        }
        Arrays.fill(name, (byte) ' ');
        source.getBytes(offset + skipped, name, 0, name.length - skipped);
        return skipped < name.length;
    }
}
