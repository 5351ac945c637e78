// SPDX-License-Identifier: Apache-2.0
package io.millrace.codec;

import io.millrace.codec.SchemaFile.Field;
import java.lang.reflect.Method;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.generation.CompilerUtil;
import org.agrona.generation.StringWriterOutputManager;
import uk.co.real_logic.sbe.PrimitiveType;
import uk.co.real_logic.sbe.generation.java.JavaGenerator;
import uk.co.real_logic.sbe.ir.Signal;

/** Reads fields of events through generated decoders, as numbers, one per element. */
final class EventReading {
    private final ClassLoader loader;
    private final String packageName;

    private EventReading(ClassLoader loader, String packageName) {
        this.loader = loader;
        this.packageName = packageName;
    }

    static EventReading onClassPath() {
        return new EventReading(EventReading.class.getClassLoader(), "io.millrace.codec.event");
    }

    /** Generates and compiles the flyweights of a schema in memory. */
    static EventReading compiled(SchemaFile schema) throws Exception {
        StringWriterOutputManager output = new StringWriterOutputManager();
        output.setPackageName(schema.ir().applicableNamespace());
        new JavaGenerator(schema.ir(), "org.agrona.MutableDirectBuffer",
            "org.agrona.DirectBuffer", false, false, false, output).generate();
        Map<String, CharSequence> sources = new HashMap<>(output.getSources());
        String packageName = schema.ir().applicableNamespace();
        Class<?> any = CompilerUtil.compileInMemory(packageName + ".ClockDecoder", sources);
        return new EventReading(any.getClassLoader(), packageName);
    }

    /** The elements of a field as a decoder of the given version reads them. */
    List<Long> values(Field field, String message, DirectBuffer block, int offset, int blockLength,
        int version) throws ReflectiveOperationException {
        Class<?> type = Class.forName(packageName + "." + message + "Decoder", true, loader);
        Object decoder = type.getConstructor().newInstance();
        type.getMethod("wrap", DirectBuffer.class, int.class, int.class, int.class)
            .invoke(decoder, block, offset, blockLength, version);
        return switch (field.type().signal()) {
            case BEGIN_COMPOSITE -> composite(type.getMethod(field.name()).invoke(decoder));
            case BEGIN_ENUM -> List.of(number(type.getMethod(field.name() + "Raw")
                .invoke(decoder)));
            case BEGIN_SET -> {
                Object set = type.getMethod(field.name()).invoke(decoder);
                yield List.of(number(set.getClass().getMethod("getRaw").invoke(set)));
            }
            default -> elements(field, type, decoder);
        };
    }

    /** The elements of a field as they stand in the block. */
    static List<Long> raw(Field field, DirectBuffer block) {
        var values = new ArrayList<Long>();
        boolean isComposite = field.type().signal() == Signal.BEGIN_COMPOSITE;
        PrimitiveType type = isComposite ? PrimitiveType.UINT32
            : field.type().encoding().primitiveType();
        for (int at = field.offset(); at < field.end(); at += type.size()) {
            values.add(switch (type) {
                case CHAR -> (long) block.getByte(at);
                case UINT8 -> block.getByte(at) & 0xFFL;
                case UINT16 -> block.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFFL;
                case UINT32 -> block.getInt(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL;
                case INT32 -> (long) block.getInt(at, ByteOrder.LITTLE_ENDIAN);
                case INT64 -> block.getLong(at, ByteOrder.LITTLE_ENDIAN);
                default -> throw new IllegalArgumentException(type + " is not used by events");
            });
        }
        return values;
    }

    private static List<Long> composite(Object measurement) throws ReflectiveOperationException {
        return List.of(
            number(measurement.getClass().getMethod("publishDeltaNs").invoke(measurement)),
            number(measurement.getClass().getMethod("journalDeltaNs").invoke(measurement)));
    }

    private static List<Long> elements(Field field, Class<?> type, Object decoder)
        throws ReflectiveOperationException {
        int count = field.type().arrayLength();
        if (count <= 1) {
            return List.of(number(type.getMethod(field.name()).invoke(decoder)));
        }
        Method element = type.getMethod(field.name(), int.class);
        var values = new ArrayList<Long>();
        for (int i = 0; i < count; i++) {
            values.add(number(element.invoke(decoder, i)));
        }
        return values;
    }

    private static Long number(Object value) {
        return ((Number) value).longValue();
    }
}
