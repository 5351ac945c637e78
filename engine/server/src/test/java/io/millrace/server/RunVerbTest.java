// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pipeline")
class RunVerbTest {
    @TempDir
    private Path folder;

    @Test
    void shouldRunTheLineOverLoopbackMulticastAndHoldAllItClaims() {
        CommandRun run = CommandRun.of("run", "--feed", "simulator", "--for", "4s", "--prove",
            "--simulator.messages-per-second", "10000", "--simulator.symbols", "200",
            "--simulator.live-orders", "2000", "--engine.inbound-capacity", "131072",
            "--journal.directory", folder.toString());
        System.out.println(run.out());
        CommandRun listed = CommandRun.of("journal", "ls", "--json", folder.toString());
        CommandRun counters =
            CommandRun.of("counters", "--json", folder.resolve("counters.dat").toString());
        CommandRun latency = CommandRun.of("latency", "report", "--json", folder.toString());
        CommandRun again =
            CommandRun.of("run", "--for", "4s", "--journal.directory", folder.toString());

        assertAll(
            () -> assertEquals(0, run.exitCode(), run.out() + run.log()),
            () -> assertTrue(run.out().contains("all equal, order by order"), run.out()),
            () -> assertTrue(run.out().contains("proof "), run.out()),
            () -> assertEquals(1, listed.lines().size(), listed.out()),
            () -> assertTrue(counters.out().contains("journal.inbound.sequence"), counters.out()),
            () -> assertTrue(latency.lines().size() >= 2, latency.out()),
            () -> assertEquals(2, again.exitCode()),
            () -> assertTrue(again.log().contains("holds a journal already"), again.log()));
    }

    @Test
    void shouldRefuseATakenPortBeforeAnythingIsOpened() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            CommandRun run = CommandRun.of("run", "--edge.port", port, "--journal.directory",
                folder.resolve("new").toString());

            assertEquals(2, run.exitCode());
            assertTrue(run.log().contains("edge.port " + port + " on 127.0.0.1 cannot be had:"
                + " Address already in use; end what uses it, name another by --edge.port"),
                run.log());
            assertFalse(Files.exists(folder.resolve("new")));
        }
    }

    @Test
    void shouldRefuseAnOptionOutOfRangeBeforeAnythingIsOpened() {
        CommandRun run = CommandRun.of("run", "--feed", "simulators", "--engine.max-orders", "1",
            "--journal.directory", folder.toString());

        assertEquals(2, run.exitCode());
        assertTrue(run.log().contains("feed.source: 'simulators' (preset) is not one of"),
            run.log());
        assertTrue(run.log().contains("engine.max-orders: '1' (flag --engine.max-orders)"),
            run.log());
    }
}
