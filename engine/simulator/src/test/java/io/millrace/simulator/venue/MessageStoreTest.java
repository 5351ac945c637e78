// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.simulator.SeededRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MessageStoreTest {
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[64]);

    @Test
    void shouldKeepTheNewestMessagesWhateverTheirLengths() {
        MessageStore store = new MessageStore(100);
        SeededRandom random = new SeededRandom(5);
        int[] lengths = new int[10_001];
        for (int sequence = 1; sequence <= 10_000; sequence++) {
            lengths[sequence] = sequence % 1_000 < 500 ? 64 : random.below(65);
            message.setMemory(0, 64, (byte) sequence);
            store.append(message, 0, lengths[sequence]);
            assertEquals(sequence + 1, store.next());
            assertTrue(sequence - store.first() >= Math.min(sequence - 1, 50), "keeps some");
            for (long kept = store.first(); kept < store.next(); kept++) {
                assertEquals(lengths[(int) kept], store.length(kept));
                assertEquals(lengths[(int) kept], store.copy(kept, copy, 0));
                assertEquals(lengths[(int) kept] == 0 ? copy.getByte(0) : (byte) kept,
                    copy.getByte(0));
            }
        }
        assertEquals(-1, store.length(store.first() - 1));
        assertEquals(-1, store.length(store.next()));
    }

    @Test
    void shouldForgetASessionWhenTheNextBegins() {
        MessageStore store = new MessageStore(10);
        store.append(message, 0, 5);
        store.reset();
        assertEquals(-1, store.length(1));
        store.append(message, 0, 7);
        assertEquals(7, store.length(1));
    }
}
