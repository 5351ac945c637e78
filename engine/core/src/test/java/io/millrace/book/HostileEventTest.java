// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.OrderAddedEncoder;
import io.millrace.event.EventDescriptor;
import java.nio.ByteOrder;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Events of every kind with arbitrary bytes in every field: nothing escapes, nothing breaks. */
class HostileEventTest {
    private static final int EVENTS = Boolean.getBoolean("millrace.full") ? 1_000_000 : 200_000;
    private static final int TEMPLATES = 34;

    @Test
    void shouldSurviveArbitraryBytesInEveryField() {
        Random random = new Random(5);
        BookRig rig = new BookRig(BookRig.small().maxOrders(500).maxLevels(200)
            .rankPoolBytes(1 << 14));
        for (int i = 0; i < EVENTS; i++) {
            publish(rig, random);
            if (i % 7 == 0) {
                rig.run();
            }
            if (i % 20_000 == 0) {
                rig.run();
                rig.stage.checkInvariants();
                rig.derived();
            }
        }
        rig.run();
        rig.stage.checkInvariants();
        assertTrue(rig.counts.total() > EVENTS / 50, "refused " + rig.counts.total());
        assertTrue(rig.stage.appliedCount() > EVENTS / 100, "applied " + rig.stage.appliedCount());
    }

    @Test
    void shouldHashNoFurtherThanASlotWhateverLengthIsClaimed() {
        BookRig rig = new BookRig(BookRig.small());
        for (int length : new int[] {0, 1, 7, 8, 121, 40_000, 65_535}) {
            int offset = rig.claim(40, 48, 1);
            long header = EventDescriptor.header(40, length);
            rig.publisher.buffer().putLong(offset - EventDescriptor.HEADER_LENGTH, header,
                ByteOrder.LITTLE_ENDIAN);
            rig.run();
        }
        assertEquals(0, rig.counts.total());
    }

    private static void publish(BookRig rig, Random random) {
        int templateId = random.nextInt(4) == 0 ? random.nextInt(TEMPLATES) : 2 + random.nextInt(7);
        int blockLength = OrderAddedEncoder.BLOCK_LENGTH + 8 * random.nextInt(3);
        int offset = rig.claim(templateId, blockLength, 1 + random.nextInt(8));
        UnsafeBuffer buffer = rig.publisher.buffer();
        boolean isAllArbitrary = random.nextInt(10) == 0;
        int first = isAllArbitrary ? EventDescriptor.EXCHANGE_TIME_OFFSET
            : EventDescriptor.COMMON_LENGTH;
        for (int at = first; at < blockLength; at += Long.BYTES) {
            buffer.putLong(offset + at, value(random), ByteOrder.LITTLE_ENDIAN);
        }
        if (random.nextBoolean()) {
            byte side = (byte) (random.nextBoolean() ? 'B' : 'S');
            buffer.putByte(offset + OrderAddedEncoder.sideEncodingOffset(), side);
        }
    }

    private static long value(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt(3) - 1;
            case 2 -> Long.MIN_VALUE + random.nextInt(2);
            default -> 1 + random.nextInt(200);
        };
    }
}
