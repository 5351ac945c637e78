// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.book.BookRefusal;
import io.millrace.state.StateException;
import io.millrace.state.StateMemory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainStateTest {
    private static final boolean IS_FULL = Boolean.getBoolean("millrace.full");
    private static final int EVENTS = IS_FULL ? 100_000 : 12_000;
    private static final int CUTS = IS_FULL ? 200 : 25;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldDeriveTheSameAfterACutAnywhere(long seed) {
        EventTape tape = EventTape.mixed(seed, EVENTS);
        Pipeline uncut = pipeline();
        List<ByteBuffer> expected = tape.play(uncut, 0, EVENTS);
        assertEquals(0, refusals(uncut).stream().filter(count -> count == 0).count(),
            refusals(uncut).toString());

        Pipeline saving = pipeline();
        Pipeline used = pipeline();
        Random random = new Random(seed);
        int derived = 0;
        for (int cut = 0, done = 0; done < CUTS; done++) {
            int next = Math.min(cut + random.nextInt(2 * EVENTS / CUTS), EVENTS);
            derived += tape.play(saving, cut, next).size();
            cut = next;
            List<ByteBuffer> rest = expected.subList(derived, expected.size());
            byte[] state = save(saving);
            assertEquals(new ChainPosition(cut, derived, saving.state().position()
                .receiveTimeNs()), saving.state().position());
            restore(used, state);
            assertArrayEquals(state, save(used));
            int seen = tape.play(used, cut, Math.min(EVENTS, cut + EVENTS / 10)).size();
            Pipeline fresh = pipeline();
            restore(fresh, state);
            assertEquals(saving.state().position(), fresh.state().position());
            List<ByteBuffer> actual = tape.play(fresh, cut, EVENTS);
            assertEquals(rest, actual);
            assertTrue(seen <= rest.size());
        }
    }

    @Test
    void shouldRefuseAStateOfAnotherSize() {
        byte[] state = save(pipeline());
        Pipeline other = new Pipeline(context().maxOrders(1 << 12).conclude());
        StateException refused = assertThrows(StateException.class, () -> restore(other, state));
        assertTrue(refused.getMessage().contains("orders"), refused.getMessage());
    }

    @Test
    void shouldRefuseOrSurviveAnyDamage() {
        EventTape tape = EventTape.mixed(5, 3000);
        Pipeline saving = pipeline();
        tape.play(saving, 0, 2000);
        byte[] state = save(saving);
        Pipeline damaged = pipeline();
        Random random = new Random(7);
        int refused = 0;
        for (int at = 0; at < state.length; at += 1 + random.nextInt(IS_FULL ? 3 : 40)) {
            byte[] bytes = state.clone();
            bytes[at] ^= 1 << random.nextInt(Byte.SIZE);
            try {
                restore(damaged, bytes);
            } catch (StateException expected) {
                refused++;
                continue;
            }
            tape.play(damaged, 2000, 3000);
        }
        assertTrue(refused > 0);
        restore(damaged, state);
        assertArrayEquals(state, save(damaged));
    }

    @Test
    void shouldRefuseAStateThatIsCutOffOrTooLong() {
        byte[] state = save(pipeline());
        for (int length : new int[] {0, 1, 11, 100, state.length / 2, state.length - 1}) {
            assertThrows(StateException.class,
                () -> restore(pipeline(), Arrays.copyOf(state, length)));
        }
        assertThrows(StateException.class,
            () -> restore(pipeline(), Arrays.copyOf(state, state.length + 1)));
    }

    @Test
    void shouldRefuseToSaveWhileEventsWait() {
        Pipeline pipeline = pipeline();
        new MixedFlow(pipeline.inbound(), 1).publish();
        pipeline.inbound().commit();
        assertThrows(IllegalStateException.class,
            () -> pipeline.state().save(StateMemory.growing()));
    }

    private static EngineContext context() {
        return new EngineContext().runMode(RunMode.REPLAY).maxInstruments(32).maxVenues(3)
            .maxOrders(300).fingerprintInterval(64).batchLimit(37).levelUpdates("SYM3", "NEW7");
    }

    private static Pipeline pipeline() {
        return new Pipeline(context().conclude());
    }

    /** Counts by reason, of the reasons that this flow has. */
    private static List<Long> refusals(Pipeline pipeline) {
        return List.of(BookRefusal.UNKNOWN_ORDER, BookRefusal.DUPLICATE_ORDER,
            BookRefusal.ORDERS_EXHAUSTED, BookRefusal.LEVELS_EXHAUSTED, BookRefusal.INVALID_SIZE,
            BookRefusal.INVALID_INSTRUMENT, BookRefusal.INVALID_VENUE).stream()
            .map(refusal -> pipeline.counters().value("book.refused."
                + refusal.name().toLowerCase(Locale.ROOT).replace('_', '-'))).toList();
    }

    private static byte[] save(Pipeline pipeline) {
        StateMemory memory = StateMemory.growing();
        pipeline.state().save(memory);
        ByteBuffer bytes = ByteBuffer.allocate((int) memory.length());
        memory.source().read(bytes);
        return bytes.array();
    }

    private static void restore(Pipeline pipeline, byte[] state) {
        ByteBuffer rest = ByteBuffer.wrap(state);
        pipeline.state().restore(piece -> {
            int run = Math.min(piece.remaining(), rest.remaining());
            piece.put(rest.slice(rest.position(), run));
            rest.position(rest.position() + run);
        });
    }
}
