// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.BridgeContext;
import io.millrace.bridge.EventBatch;
import io.millrace.bridge.Position;
import io.millrace.bridge.Sink;
import io.millrace.counter.Counters;
import io.millrace.journal.retention.ReaderRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class EngineBridgesTest {
    @TempDir
    private Path root;
    private final List<String> calls = new ArrayList<>();
    private final Counters counters = Counters.inMemory();

    @Test
    void shouldCloseTheFirstBridgesWhenALaterOneCannotBeMade() throws IOException {
        Path checkpoint = root.resolve("bridges/third.checkpoint");
        Files.createDirectories(checkpoint.getParent());
        Files.writeString(checkpoint, "this is no position\n");
        IOException failure = assertThrows(IOException.class,
            () -> bridges().open(wanted("first", "second", "third")));
        assertTrue(failure.getMessage().contains(checkpoint.toString()), failure.getMessage());
        assertEquals(List.of("close first", "close second"), calls);
    }

    @Test
    void shouldLeaveThemOpenWhenAllCanBeMade() throws IOException {
        EngineBridges bridges = bridges().open(wanted("first", "second"));
        assertEquals(List.of(), calls);
        bridges.close();
        assertEquals(List.of("close first", "close second"), calls);
    }

    private EngineBridges bridges() {
        return new EngineBridges(queue -> 0, new ReaderRegistry(root), 20_260_105, counters, 0);
    }

    private List<EngineBridges.Wanted> wanted(String... names) {
        return Stream.of(names).map(name -> new EngineBridges.Wanted(
            Bridge.SinkFactory.of(name, (symbols, deadLetters) -> new Recorder(name)),
            new BridgeContext().journalRoot(root).counters(counters))).toList();
    }

    /** A sink that says when it is closed. */
    private final class Recorder implements Sink {
        private final String name;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean isRangeKept() {
            return false;
        }

        @Override
        public Position open(Position known) {
            calls.add("open " + name);
            return known;
        }

        @Override
        public void send(EventBatch batch) {
            calls.add("send " + name);
        }

        @Override
        public boolean isAcknowledged() {
            return true;
        }

        @Override
        public void close() {
            calls.add("close " + name);
        }
    }
}
