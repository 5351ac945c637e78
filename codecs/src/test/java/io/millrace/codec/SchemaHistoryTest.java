// SPDX-License-Identifier: Apache-2.0
package io.millrace.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.SchemaFile.Field;
import io.millrace.codec.SchemaFile.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Append-only in both directions: every released schema is read by the flyweights of today, and
 * what a coming version writes is read by those of today as what today writes is by the coming
 * ones. The coming version is today's schema with a field in the spare bytes of every event that
 * has any.
 */
class SchemaHistoryTest {
    private static final String ADDED = "addedLater";
    private static final Pattern MESSAGE = Pattern.compile("<sbe:message name=\"(\\w+)\"");

    private static SchemaFile now;
    private static SchemaFile next;
    private static EventReading coming;

    @BeforeAll
    static void compileTheNextVersion() throws Exception {
        now = SchemaFile.of("market-data.xml");
        next = next(now);
        coming = EventReading.compiled(next);
    }

    static Stream<Path> released() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/released"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("released")
    void shouldKeepEveryReleasedField(Path file) throws IOException {
        SchemaFile old = SchemaFile.parse(Files.readString(file));
        assertTrue(now.ir().version() >= old.ir().version());
        for (Message message : old.messages()) {
            Message current = now.message(message.name());
            assertEquals(layout(message, message), layout(message, current), message.name());
            current.fields().stream().filter(field -> message.field(field.name()) == null)
                .forEach(field -> assertTrue(field.version() > old.ir().version(), field.name()));
        }
    }

    @ParameterizedTest
    @MethodSource("released")
    void shouldReadWhatAReleasedVersionWrote(Path file) throws Exception {
        SchemaFile old = SchemaFile.parse(Files.readString(file));
        EventReading today = EventReading.onClassPath();
        for (Message message : old.messages()) {
            assertReads(message, old.ir().version(), today);
        }
    }

    @Test
    void shouldReadWhatTheNextVersionWrote() throws Exception {
        EventReading today = EventReading.onClassPath();
        for (Message message : next.messages()) {
            assertReads(message, next.ir().version(), today);
        }
    }

    @Test
    void shouldBeReadByTheNextVersion() throws Exception {
        for (Message message : now.messages()) {
            assertReads(message, now.ir().version(), coming);
        }
    }

    @Test
    void shouldReadNullWhereTheWriterDidNotKnowTheField() throws Exception {
        var grown = next.messages().stream()
            .filter(message -> message.field(ADDED) != null).map(Message::name).toList();
        assertTrue(grown.size() > 20, () -> grown.size() + " events have spare bytes");
        for (String name : grown) {
            UnsafeBuffer block = filled(now.message(name));
            assertEquals(List.of(255L),
                coming.values(next.message(name).field(ADDED), name, block, 0,
                    now.message(name).blockLength(), now.ir().version()), name);
        }
    }

    /** Every field the writer knew and the reader knows reads as it was written. */
    private static void assertReads(Message written, int version, EventReading reader)
        throws ReflectiveOperationException {
        UnsafeBuffer block = filled(written);
        for (Field field : written.fields()) {
            if (!field.name().equals(ADDED)) {
                assertEquals(EventReading.raw(field, block),
                    reader.values(field, written.name(), block, 0, written.blockLength(), version),
                    () -> written.name() + "." + field.name());
            }
        }
    }

    /** A block whose every byte is different from its neighbours, spare bytes included. */
    private static UnsafeBuffer filled(Message message) {
        UnsafeBuffer block = new UnsafeBuffer(new byte[message.blockLength()]);
        for (int i = 0; i < message.blockLength(); i++) {
            block.putByte(i, (byte) (1 + i * 7 % 120));
        }
        return block;
    }

    private static List<String> layout(Message names, Message message) {
        var layout = new ArrayList<String>();
        layout.add(message.id() + " " + message.blockLength());
        names.fields().forEach(name -> {
            Field field = message.field(name.name());
            layout.add(field.name() + " " + field.offset() + " " + field.length() + " "
                + field.type().signal() + " " + field.type().encoding().primitiveType());
        });
        return layout;
    }

    private static SchemaFile next(SchemaFile now) {
        int version = now.ir().version() + 1;
        StringBuilder xml = new StringBuilder();
        Message message = null;
        for (String line : now.xml().split("\n")) {
            Matcher begin = MESSAGE.matcher(line);
            message = begin.find() ? now.message(begin.group(1)) : message;
            if (line.contains("type=\"Measurement\"") && spareOffset(message) >= 0) {
                xml.append("<field name=\"").append(ADDED).append("\" id=\"99\" type=\"uint8\"")
                    .append(" offset=\"").append(spareOffset(message)).append('"')
                    .append(" sinceVersion=\"").append(version).append("\"/>\n");
            }
            xml.append(line).append('\n');
        }
        return SchemaFile.parse(xml.toString()
            .replace("package=\"io.millrace.codec.event\"", "package=\"io.millrace.codec.coming\"")
            .replace("version=\"" + now.ir().version() + "\" semantic",
                "version=\"" + version + "\" semantic"));
    }

    private static int spareOffset(Message message) {
        Field before = message.fields().get(message.fields().size() - 2);
        Field measurement = message.field("measurement");
        return before.end() < measurement.offset() ? before.end() : -1;
    }
}
