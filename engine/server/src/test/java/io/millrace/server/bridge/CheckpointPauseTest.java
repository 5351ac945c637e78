// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.millrace.counter.Counters;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CheckpointPauseTest {
    private final Counters counters = Counters.inMemory();

    private long pausing() {
        return counters.value("bridge.kafka.pausing");
    }

    @Test
    void shouldShowThatItStandsStillUntilItIsInterrupted() throws InterruptedException {
        Thread bridge = new Thread(new CheckpointPause(counters, "kafka", 3_600_000));
        bridge.start();
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            while (pausing() == 0) {
                Thread.onSpinWait();
            }
        });
        bridge.interrupt();
        bridge.join(60_000);
        assertFalse(bridge.isAlive());
        assertEquals(0, pausing());
    }

    @Test
    void shouldGoOnAfterItsTime() {
        new CheckpointPause(counters, "kafka", 1).run();
        assertEquals(0, pausing());
    }
}
