// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaContextTest {
    @Test
    void shouldHaveTheNamesThatUsersExpect() {
        KafkaContext context = new KafkaContext().conclude();
        assertEquals(List.of("raw_quotes", "processed_quotes", "market-ticks", "market.ticks",
            "market-l1", "market-l2", "millrace.inbound", "millrace.latest",
            "millrace.checkpoints"),
            Arrays.stream(KafkaTopic.values()).map(context::topic).toList());
        assertEquals("localhost:9092", context.bootstrapServers());
        assertEquals("millrace", context.clientId());
        assertEquals(6, context.partitions());
        assertEquals(1, context.replication());
        assertEquals(168, context.retentionHours());
        assertEquals("lz4", context.compression());
        assertEquals(KafkaContext.Format.JSON, context.format());
        assertEquals(true, context.isTransactional());
        assertEquals(120_000, context.deliveryTimeoutMs());
        assertEquals(5_000, context.requestTimeoutMs());
    }

    @Test
    void shouldRefuseOptionsOutsideTheirRange() {
        assertRefused(new KafkaContext().partitions(0),
            "bridge.kafka.partitions 0 is not within 1 to 4096");
        assertRefused(new KafkaContext().replication(17),
            "bridge.kafka.replication 17 is not within 1 to 16");
        assertRefused(new KafkaContext().retentionHours(0),
            "bridge.kafka.retention-hours 0 is not within 1 to 1048576");
        assertRefused(new KafkaContext().deliveryTimeoutMs(14_999),
            "bridge.kafka.delivery-timeout-ms 14999 is not within 15000 to 3600000");
        assertRefused(new KafkaContext().requestTimeoutMs(99),
            "bridge.kafka.request-timeout-ms 99 is not within 100 to 14000");
        assertRefused(new KafkaContext().compression("rar"),
            "bridge.kafka.compression 'rar' is not one of none, gzip, snappy, lz4, zstd");
        assertRefused(new KafkaContext().bootstrapServers(" "),
            "bridge.kafka.bootstrap-servers is empty");
    }

    private static void assertRefused(KafkaContext context, String message) {
        assertEquals(message,
            assertThrows(IllegalArgumentException.class, context::conclude).getMessage());
    }
}
