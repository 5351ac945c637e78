// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.edge.metric.Metrics;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final String REQUEST = "GET /metrics HTTP/1.1\r\n\r\n";

    private final EmbeddedChannel channel = new EmbeddedChannel();

    @Test
    void shouldCloseAConnectionWhoseRequestTricklesIn() {
        open();
        for (int second = 0; second <= Connections.IDLE_SECONDS; second++) {
            send(REQUEST.substring(second % 10, second % 10 + 1));
            pass(1);
        }

        assertFalse(channel.isOpen());
    }

    @Test
    void shouldKeepAConnectionThatAsksNowAndThen() {
        open();
        for (int i = 0; i < 10; i++) {
            send(REQUEST);
            pass(Connections.IDLE_SECONDS - 1);
        }

        assertTrue(channel.isOpen());
    }

    private void open() {
        channel.freezeTime();
        channel.pipeline().addLast(
            new Connections(Routes.metricsOnly(new EventStream(), new Metrics("0.1.0")), 1));
    }

    private void send(String text) {
        if (channel.isOpen()) {
            channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
        }
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        channel.releaseOutbound();
    }
}
