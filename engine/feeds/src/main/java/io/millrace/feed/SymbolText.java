// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.millrace.codec.event.InstrumentDefinedEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Symbols as venues send them: eight characters, padded with spaces on the right. No state. */
public final class SymbolText {
    /** Bytes of a symbol on the wire. */
    public static final int LENGTH = 8;

    private static final int EVENT_OFFSET = InstrumentDefinedEncoder.symbolEncodingOffset();

    private SymbolText() {
    }

    /** True when eight bytes are printable text, padded with spaces on the right, and not empty. */
    public static boolean isSymbol(DirectBuffer buffer, int offset) {
        boolean isPadding = false;
        for (int i = 0; i < LENGTH; i++) {
            byte character = buffer.getByte(offset + i);
            boolean isSpace = character == ' ';
            if (character < ' ' || character > '~' || i == 0 && isSpace || isPadding && !isSpace) {
                return false;
            }
            isPadding = isSpace;
        }
        return true;
    }

    /**
     * Writes a symbol into the sixteen characters of an InstrumentDefined event, padded with zeros.
     *
     * @param eventOffset of the event's block
     */
    public static void put(MutableDirectBuffer events, int eventOffset, DirectBuffer message,
                           int symbolOffset) {
        long text = message.getLong(symbolOffset, BIG_ENDIAN);
        int padding = 0;
        while (padding < Long.SIZE && (text >>> padding & 0xFF) == ' ') {
            padding += Byte.SIZE;
        }
        long trimmed = padding == Long.SIZE ? 0 : text >>> padding << padding;
        events.putLong(eventOffset + EVENT_OFFSET, trimmed, BIG_ENDIAN);
        events.putLong(eventOffset + EVENT_OFFSET + Long.BYTES, 0);
    }
}
