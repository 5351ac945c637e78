// SPDX-License-Identifier: Apache-2.0
package io.millrace.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {
    private static final int SYMBOLS = 5_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void shouldGiveEverySymbolToOneShardWhateverItsIdAndAboutAsManyToEach(int count) {
        int[] owners = new int[SYMBOLS + 1];
        for (int index = 0; index < count; index++) {
            InstrumentDirectory directory =
                new InstrumentDirectory(SYMBOLS, new Shard(index, count));
            int own = 0;
            for (int i = 0; i < SYMBOLS; i++) {
                int symbol = (i + index * 77) % SYMBOLS;
                int id = directory.findOrAdd(symbol(symbol));
                owners[symbol] += directory.isOwn(id) ? 1 : 0;
                own += directory.isOwn(id) ? 1 : 0;
            }
            assertTrue(own > SYMBOLS / count / 2 && own < SYMBOLS / count * 2, own + " own");
        }
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            assertEquals(1, owners[symbol], symbol(symbol));
        }
    }

    @Test
    void shouldHaveWhatIsNoSecurity() {
        InstrumentDirectory directory = new InstrumentDirectory(4, new Shard(1, 2));
        assertTrue(directory.isOwn(0) && directory.isOwn(1) && directory.isOwn(-1));
    }

    @Test
    void shouldReadWhatItWrites() {
        assertEquals(new Shard(1, 2), Shard.parse(new Shard(1, 2).toString()));
        assertEquals("0/1", Shard.ALL.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "2/2", "-1/2", "0/0", "0/65", "0/2/3", "a/b"})
    void shouldRefuseWhatIsNoShard(String text) {
        assertThrows(IllegalArgumentException.class, () -> Shard.parse(text));
    }

    private static String symbol(int index) {
        return "S" + Integer.toString(index, 36).toUpperCase(Locale.ROOT);
    }
}
