// SPDX-License-Identifier: Apache-2.0
package io.millrace.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.xml.IrGenerator;
import uk.co.real_logic.sbe.xml.ParserOptions;
import uk.co.real_logic.sbe.xml.XmlSchemaParser;

/** A schema as its messages and the bytes of their fields. */
record SchemaFile(String xml, Ir ir, List<Message> messages) {
    /** One message. Fields are in the order of the schema. */
    record Message(String name, int id, int blockLength, List<Field> fields) {
        Field field(String fieldName) {
            return fields.stream().filter(field -> field.name().equals(fieldName)).findFirst()
                .orElse(null);
        }

        List<String> fieldNames() {
            return fields.stream().map(Field::name).toList();
        }
    }

    /** The bytes of one field. Type is the first token of its encoding. */
    record Field(String name, int offset, int length, int version, Token type) {
        int end() {
            return offset + length;
        }

        /** Bytes of one number or character: what the field is aligned to. */
        int unitLength() {
            return switch (type.signal()) {
                case BEGIN_COMPOSITE -> Integer.BYTES;
                case BEGIN_ENUM, BEGIN_SET -> length;
                default -> type.encoding().primitiveType().size();
            };
        }
    }

    static SchemaFile of(String fileName) throws IOException {
        return parse(Files.readString(Path.of("src/main/resources", fileName)));
    }

    static SchemaFile parse(String xml) {
        try {
            var schema = XmlSchemaParser.parse(
                new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)),
                ParserOptions.builder().stopOnError(true).warningsFatal(true).build());
            Ir ir = new IrGenerator().generate(schema);
            var messages = new TreeMap<Integer, Message>();
            ir.messages().forEach(tokens -> messages.put(tokens.get(0).id(), message(tokens)));
            return new SchemaFile(xml, ir, List.copyOf(messages.values()));
        } catch (Exception e) {
            throw new IllegalArgumentException("schema is not valid", e);
        }
    }

    Message message(String name) {
        return messages.stream().filter(message -> message.name().equals(name)).findFirst()
            .orElse(null);
    }

    private static Message message(List<Token> tokens) {
        var fields = new ArrayList<Field>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.signal() == Signal.BEGIN_FIELD) {
                Token type = tokens.get(i + 1);
                fields.add(new Field(token.name(), token.offset(), type.encodedLength(),
                    token.version(), type));
            }
        }
        Token begin = tokens.get(0);
        return new Message(begin.name(), begin.id(), begin.encodedLength(), List.copyOf(fields));
    }
}
