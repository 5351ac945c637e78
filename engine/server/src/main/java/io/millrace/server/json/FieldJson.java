// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import uk.co.real_logic.sbe.PrimitiveType;
import uk.co.real_logic.sbe.ir.Encoding;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.TokenListener;
import uk.co.real_logic.sbe.otf.Types;

/**
 * Writes the fields of any message as its schema names them: integers in wire units, text without
 * its padding, enums by name, sets of events as the list of their names and sets of the wire as the
 * number they are, a null value as null. A 48-bit timestamp becomes one integer. One thread.
 */
final class FieldJson implements TokenListener {
    private static final String TIMESTAMP_48 = "Timestamp48";
    private static final int LOW_BITS = 32;

    /** How a set of bits is written. */
    enum SetForm {
        /** The names of the bits that are set. */
        NAMES,
        /** The number, bits without a name included. */
        NUMBER
    }

    private final JsonGenerator json;
    private final String omitted;
    private final SetForm setForm;
    private final Map<String, SerializedString> names = new HashMap<>();
    private final char[] text = new char[256];
    private boolean isTimestamp;
    private long timestamp;

    /**
     * @param json    open inside the object that gets the fields
     * @param omitted name of the field that is told otherwise, or an empty text
     */
    FieldJson(JsonGenerator json, String omitted, SetForm setForm) {
        this.json = json;
        this.omitted = omitted;
        this.setForm = setForm;
    }

    @Override
    public void onBeginMessage(Token token) {
        isTimestamp = false;
    }

    @Override
    public void onEndMessage(Token token) {
        assert !isTimestamp;
    }

    @Override
    public void onEncoding(Token field, DirectBuffer buffer, int index, Token type,
        int actingVersion) {
        Encoding encoding = type.encoding();
        if (isTimestamp) {
            timestamp = timestamp << LOW_BITS | Types.getLong(buffer, index, encoding);
        } else if (!omitted.equals(field.name())) {
            try {
                name(field.name());
                if (encoding.primitiveType() == PrimitiveType.CHAR) {
                    writeText(buffer, index, type.arrayLength());
                } else {
                    writeNumber(Types.getLong(buffer, index, encoding), type);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void onEnum(Token field, DirectBuffer buffer, int index, List<Token> tokens, int from,
        int to, int actingVersion) {
        try {
            name(field.name());
            Encoding encoding = tokens.get(from + 1).encoding();
            long value = Types.getLong(buffer, index, encoding);
            for (int i = from + 1; i < to; i++) {
                if (tokens.get(i).encoding().constValue().longValue() == value) {
                    json.writeString(tokens.get(i).name());
                    return;
                }
            }
            json.writeNumber(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onBitSet(Token field, DirectBuffer buffer, int index, List<Token> tokens, int from,
        int to, int actingVersion) {
        try {
            name(field.name());
            long bits = Types.getLong(buffer, index, tokens.get(from + 1).encoding());
            if (setForm == SetForm.NUMBER) {
                json.writeNumber(bits);
                return;
            }
            json.writeStartArray();
            for (int i = from + 1; i < to; i++) {
                if ((bits >>> tokens.get(i).encoding().constValue().longValue() & 1) != 0) {
                    json.writeString(tokens.get(i).name());
                }
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onBeginComposite(Token field, List<Token> tokens, int from, int to) {
        if (TIMESTAMP_48.equals(tokens.get(from).applicableTypeName())) {
            isTimestamp = true;
            timestamp = 0;
            return;
        }
        try {
            name(field.name());
            json.writeStartObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onEndComposite(Token field, List<Token> tokens, int from, int to) {
        try {
            if (isTimestamp) {
                isTimestamp = false;
                name(field.name());
                json.writeNumber(timestamp);
            } else {
                json.writeEndObject();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onGroupHeader(Token token, int count) {
        throw new IllegalStateException("our schemas have no groups");
    }

    @Override
    public void onBeginGroup(Token token, int index, int count) {
        throw new IllegalStateException("our schemas have no groups");
    }

    @Override
    public void onEndGroup(Token token, int index, int count) {
        throw new IllegalStateException("our schemas have no groups");
    }

    @Override
    public void onVarData(Token field, DirectBuffer buffer, int index, int length, Token type) {
        throw new IllegalStateException("our schemas have no variable data");
    }

    private void name(String name) throws IOException {
        json.writeFieldName(names.computeIfAbsent(name, SerializedString::new));
    }

    private void writeNumber(long value, Token type) throws IOException {
        Encoding encoding = type.encoding();
        if (type.isOptionalEncoding() && value == encoding.applicableNullValue().longValue()) {
            json.writeNull();
        } else if (encoding.primitiveType() == PrimitiveType.UINT64 && value < 0) {
            json.writeNumber(Long.toUnsignedString(value));
        } else {
            json.writeNumber(value);
        }
    }

    private void writeText(DirectBuffer buffer, int index, int arrayLength) throws IOException {
        int length = Math.max(1, arrayLength);
        while (length > 0 && isPadding(buffer.getByte(index + length - 1))) {
            length--;
        }
        for (int i = 0; i < length; i++) {
            text[i] = (char) (buffer.getByte(index + i) & 0xFF);
        }
        json.writeString(text, 0, length);
    }

    private static boolean isPadding(byte value) {
        return value == ' ' || value == 0;
    }
}
