// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class MillraceTest {
    @TempDir
    private Path folder;

    @Test
    void shouldSayOkToTheDefaultsItPrints() throws IOException {
        Path file =
            Files.writeString(folder.resolve("m.yml"), CommandRun.of("default-config").out());

        CommandRun run = CommandRun.of("check-config", file.toString());

        assertEquals(new CommandRun(0, file + ": ok\n", ""), run);
    }

    @Test
    void shouldRefuseABadFileWithUsageCode() throws IOException {
        Path file = Files.writeString(folder.resolve("m.yml"), "engine.max-order: 5\n");

        CommandRun run = CommandRun.of("check-config", file.toString());

        assertEquals(new CommandRun(2, "", "key engine.max-order (file " + file
            + ") is unknown; did you mean engine.max-orders?" + System.lineSeparator()), run);
    }

    @Test
    void shouldRefuseInlineForRunBeforeAnythingIsOpened() throws IOException {
        Path file = Files.writeString(folder.resolve("m.yml"), "engine.threading: inline\n");
        String problem = "engine.threading: 'inline' leaves a live engine without a thread;"
            + " run takes one of auto, shared, dedicated" + System.lineSeparator();

        assertEquals(new CommandRun(2, "", problem),
            CommandRun.of("check-config", file.toString()));
        assertEquals(new CommandRun(2, "", problem), CommandRun.of("run", "--for", "1s",
            "--engine.threading", "inline", "--journal.directory", folder.toString()));
    }

    @Test
    void shouldTellAMissingFileFromAWrongCommand() {
        assertEquals(3,
            CommandRun.of("check-config", folder.resolve("absent.yml").toString()).exitCode());
        assertEquals(2, CommandRun.of("check-config").exitCode());
        assertEquals(2, CommandRun.of().exitCode());
        assertEquals(0, CommandRun.of("--help").exitCode());
    }

    @Test
    void shouldNameTheNearestVerbAndFlag() {
        CommandRun verb = CommandRun.of("defaultconfig");
        CommandRun flag = CommandRun.of("check-config", "--hepl");

        assertEquals(2, verb.exitCode());
        assertTrue(verb.log().contains("unknown verb defaultconfig; did you mean default-config?"),
            verb.log());
        assertEquals(2, flag.exitCode());
        assertTrue(flag.log().contains("unknown flag --hepl; did you mean --help?"), flag.log());
    }

    @Test
    void shouldTellAVerbsOwnOptionsBeforeThoseOfTheConfigurationByArea() {
        CommandRun help = CommandRun.of("generate", "--help");
        List<String> lines = help.out().lines().toList();

        assertEquals(0, help.exitCode());
        assertEquals("Usage: millrace generate [OPTIONS] [N] [INTERVAL_S] [BATCH]", lines.get(0));
        int area = lines.indexOf("Configuration, bridge.kafka:");
        assertTrue(help.out().indexOf("--messages") < help.out().indexOf("Configuration, "));
        assertTrue(lines.get(area + 1).contains("--bridge.kafka."), help.out());
        assertTrue(lines.stream().allMatch(line -> line.length() <= 100), help.out());
    }
}
