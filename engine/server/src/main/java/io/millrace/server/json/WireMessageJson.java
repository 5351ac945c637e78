// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.json;

import java.io.IOException;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.OtfMessageDecoder;

/**
 * Prints wire messages of a venue whose template ids are the type bytes of its messages. What each
 * type holds is known from the schema alone. One thread.
 */
public final class WireMessageJson {
    private static final String TYPE_FIELD = "messageType";

    private final JsonLines lines;
    private final FieldJson fields;
    private final int version;
    private final Int2ObjectHashMap<List<Token>> messageByType = new Int2ObjectHashMap<>();

    /**
     * @param schema the venue's messages
     * @param lines  receives one object per message
     */
    public WireMessageJson(Schema schema, JsonLines lines) {
        this.lines = lines;
        version = schema.version();
        fields = new FieldJson(lines.generator(), TYPE_FIELD, FieldJson.SetForm.NUMBER);
        schema.messages().forEach(tokens -> messageByType.put(tokens.get(0).id(), tokens));
    }

    /**
     * Prints one message.
     *
     * @param frame    number of the packet in the file, from 1
     * @param index    position in the packet, from 0
     * @param sequence the session's number of the message
     * @return false, and nothing is printed, when the type is unknown or the message shorter than
     * its type
     */
    public boolean print(DirectBuffer buffer, int offset, int length, long frame, long index,
        long sequence)
        throws IOException {
        List<Token> tokens = length == 0 ? null : messageByType.get(buffer.getByte(offset) & 0xFF);
        if (tokens == null || length < tokens.get(0).encodedLength()) {
            return false;
        }
        lines.begin().field("type", Character.toString(buffer.getByte(offset) & 0xFF))
            .field("frame", frame).field("i", index).field("sequence", sequence);
        OtfMessageDecoder.decode(buffer, offset, version, tokens.get(0).encodedLength(), tokens,
            fields);
        lines.end();
        return true;
    }

    /** True when the schema has a message of this type. */
    public boolean isKnown(byte type) {
        return messageByType.containsKey(type & 0xFF);
    }
}
