// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryPolicyTest {
    private static final List<String> SYMBOLS = List.of("A", "B", "C", "D");
    private static final long MS = 1_000_000;

    private final MemoryPolicy policy =
        new MemoryPolicy(new MemoryContext().checkMs(10), 1_000, () -> { });
    private long nowNs = Long.MAX_VALUE;

    /** Quotes A once, B twice and so on, then looks; time to live and what is left out. */
    private List<String> window(int percent) {
        for (int i = 0; i < SYMBOLS.size(); i++) {
            for (int j = 0; j <= i; j++) {
                policy.isLeftOut(SYMBOLS.get(i));
            }
        }
        nowNs += 10 * MS;
        policy.look(nowNs, () -> percent);
        List<String> state = new ArrayList<>(List.of(Integer.toString(policy.ttlMs())));
        SYMBOLS.stream().filter(policy::isLeftOut).forEach(state::add);
        return state;
    }

    @Test
    void shouldSpareByStepsAndGiveBackByStepsBelowTheLowThreshold() {
        List<List<String>> states = new ArrayList<>();
        for (int percent : new int[] {89, 90, 100, 89, 80, 130, 99, 79, 0, 85, 10, 5}) {
            states.add(window(percent));
        }
        List<String> step0 = List.of("1000");
        List<String> step1 = List.of("500", "A");
        List<String> step2 = List.of("250", "A", "B");
        List<String> step3 = List.of("125", "A", "B", "C");
        assertEquals(List.of(step0, step1, step2, step2, step2, step3, step3, step2, step1, step1,
            step0, step0), states);
    }

    @Test
    void shouldLeaveOutTheOneNotQuotedForLongestOfThoseQuotedAsOften() {
        List.of("B", "C", "A", "D").forEach(policy::isLeftOut);
        policy.look(0, () -> 95);
        assertEquals(List.of("B"), SYMBOLS.stream().filter(policy::isLeftOut).toList());
    }

    @Test
    void shouldAskNowAndThenAndNotEachTime() {
        List<Long> askedNs = new ArrayList<>();
        for (long timeNs = Long.MAX_VALUE - 5 * MS; timeNs != Long.MIN_VALUE + 20 * MS - 1;
            timeNs += MS) {
            long now = timeNs;
            policy.look(now, () -> {
                askedNs.add(now);
                return 0;
            });
        }
        assertEquals(List.of(Long.MAX_VALUE - 5 * MS, Long.MIN_VALUE + 5 * MS - 1,
            Long.MIN_VALUE + 15 * MS - 1), askedNs);
    }

    @Test
    void shouldReadWhatInfoTells() {
        assertEquals(91, MemoryGauges.percent("# Memory\r\nused_memory:915\r\n"
            + "used_memory_human:915B\r\nmaxmemory:1000\r\nmaxmemory_human:1000B\r\n"));
        assertEquals(0, MemoryGauges.percent("used_memory:915\r\nmaxmemory:0\r\n"));
    }
}
