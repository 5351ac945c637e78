// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.Journal;
import io.millrace.server.Millrace;
import io.millrace.server.verb.StopSignal;
import io.millrace.server.verb.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two lives of an engine on one journal, over against what their recording gives. */
@Tag("pipeline")
class LivesCmpTest {
    private static final Map<String, String> SMALL = Map.of(
        "feed.multicast-group", "239.77.12.9",
        "simulator.messages-per-second", "4000", "simulator.symbols", "100",
        "simulator.live-orders", "2000", "engine.max-instruments", "256",
        "engine.max-orders", "20000", "engine.max-venues", "2",
        "engine.inbound-capacity", "65536");

    @TempDir
    private Path folder;

    @Test
    void shouldFindTheDataOfTwoLivesInTheImportOfTheirRecording() throws Exception {
        Path live = folder.resolve("live");
        Path raw = folder.resolve("raw");
        Path again = folder.resolve("again");
        try (OutsideExchange exchange = new OutsideExchange(SMALL, 60_000_000_000L).start()) {
            for (int i = 0; i < 2; i++) {
                List<String> args = new ArrayList<>(List.of("run", "--for", "1s",
                    "--journal.directory", live.toString(), "--edge.enabled", "false",
                    "--recorder.enabled", "true", "--recorder.directory", raw.toString()));
                args.addAll(exchange.flags());
                Said life = said(args.toArray(String[]::new));
                assertEquals(0, life.exitCode, life::toString);
            }
        }
        Said imported = said("import", "--feed", "itch50", recording(raw).toString(),
            "--simulated", "--journal", again.toString());
        Said compared = said("journal", "cmp", live.toString(), again.toString());
        Said named = said("journal", "cmp", again.toString(),
            Journal.directory(live, OutsideExchange.DATE).toString());
        Said captured = said("journal", "cmp", live.toString(), "--feed", "itch50", "--simulated",
            "--capture", recording(raw).toString());
        assertEquals(0, captured.exitCode, captured::toString);
        assertTrue(captured.out.contains(" 0 differ, 0 missing in the journal, 0 only in the"),
            captured::toString);
        assertEquals(0, imported.exitCode, imported::toString);
        assertEquals(0, compared.exitCode, compared::toString);
        assertTrue(compared.out.contains("  A: 2 lives, begun at 1, "), compared::toString);
        assertEquals(0, named.exitCode, named::toString);
    }

    private static Path recording(Path raw) throws IOException {
        try (var files = Files.list(raw)) {
            return files.findFirst().orElseThrow();
        }
    }

    /** What a verb said. */
    private record Said(int exitCode, String out, String log) {
    }

    private static Said said(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        int exitCode = Millrace.execute(new Terminal(out,
            new PrintStream(log, true, StandardCharsets.UTF_8), OutsideExchange.environment(),
            new StopSignal()), args);
        return new Said(exitCode, out.toString(StandardCharsets.UTF_8),
            log.toString(StandardCharsets.UTF_8));
    }
}
