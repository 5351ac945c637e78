// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes one JSON object a line; owned by the thread of one verb. */
public final class JsonLines {
    private final JsonGenerator generator;

    /** @param out receives UTF-8; buffered here, closed by nobody */
    public JsonLines(OutputStream out) {
        try {
            generator = JsonFactory.builder()
                .configure(StreamWriteFeature.AUTO_CLOSE_TARGET, false)
                .build().createGenerator(out, JsonEncoding.UTF8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        generator.setRootValueSeparator(null);
    }

    /** Begins the object of one line. */
    public JsonLines begin() throws IOException {
        generator.writeStartObject();
        return this;
    }

    /** Adds a number. */
    public JsonLines field(String name, long value) throws IOException {
        generator.writeNumberField(name, value);
        return this;
    }

    /** Adds a number with a fraction. */
    public JsonLines field(String name, double value) throws IOException {
        generator.writeNumberField(name, value);
        return this;
    }

    /** Adds a text, or null. */
    public JsonLines field(String name, String value) throws IOException {
        generator.writeStringField(name, value);
        return this;
    }

    /** Ends the object and its line. */
    public void end() throws IOException {
        generator.writeEndObject();
        generator.writeRaw('\n');
    }

    /** Hands what is buffered to the stream. */
    public void flush() throws IOException {
        generator.flush();
    }

    JsonGenerator generator() {
        return generator;
    }
}
