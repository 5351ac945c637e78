// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import org.agrona.UnsafeApi;

/**
 * The byte in which a line of a hash table counts the entries that had to pass it. A count that
 * once reached {@link #MANY} stays there: searches go on one line too far, never one too short.
 */
final class LinePasses {
    static final int MANY = 255;

    private LinePasses() {
    }

    static int count(long address) {
        return UnsafeApi.getByte(address) & MANY;
    }

    static void change(long address, int change) {
        int count = count(address);
        if (count < MANY) {
            UnsafeApi.putByte(address, (byte) (count + change));
        }
    }
}
