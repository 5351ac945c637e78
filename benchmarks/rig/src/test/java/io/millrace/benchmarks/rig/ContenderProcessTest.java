// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContenderProcessTest {
    @Test
    void shouldAnswerEachOrderAndCloseAtTheEnd() throws IOException {
        List<String> calls = new ArrayList<>();
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        BufferedReader orders = new BufferedReader(
            new StringReader("prepare\nround 3\nchecksum\n"));

        new ContenderProcess(new Recorder(calls), new PrintStream(answers)).run(orders);

        String[] lines = answers.toString().split("\n");
        assertEquals(List.of("prepare", "round 3", "checksum", "close"), calls);
        assertEquals("@ prepared", lines[0]);
        assertEquals(7, Figures.parse(lines[1].substring(2)).get("speed"));
        assertEquals("@ ff", lines[2]);
    }

    private record Recorder(List<String> calls) implements Contender {
        @Override
        public void prepare() {
            calls.add("prepare");
        }

        @Override
        public void round(int index, Figures figures) {
            calls.add("round " + index);
            figures.put("speed", 7);
        }

        @Override
        public long checksum() {
            calls.add("checksum");
            return 255;
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }
}
