// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class ConfigurationLoaderTest {
    @TempDir
    private Path folder;

    @Test
    void shouldPreferFlagThenEnvironmentThenFileThenDefault() throws IOException {
        Path file = file("""
            journal:
              sync: batch
              directory: from-file
            simulator.symbols: 7
            simulator.seed: 8
            """);

        Configuration configuration = new ConfigurationLoader().file(file)
            .environment(Map.of("MILLRACE_JOURNAL_DIRECTORY", "from-environment",
            "MILLRACE_SIMULATOR_SYMBOLS", "70",
                "HOME", "/"))
            .flags(Map.of("simulator.symbols", "700"))
            .conclude();

        assertEquals(List.of("batch", "from-environment", "700", "8", "5"),
            List.of(configuration.text("journal.sync"), configuration.text("journal.directory"),
                configuration.text("simulator.symbols"), configuration.text("simulator.seed"),
                configuration.text("engine.max-venues")));
    }

    @Test
    void shouldNameTheNearestKnownKeyFlagAndVariable() throws IOException {
        Path file = file("jurnal.sync: batch\n");

        List<String> problems =
            assertThrows(ConfigurationException.class, () -> new ConfigurationLoader().file(file)
            .environment(Map.of("MILLRACE_ENGINE_CORE", "1")).conclude()).problems();

        assertEquals(List.of(
            "key jurnal.sync (file " + file + ") is unknown; did you mean journal.sync?",
            "environment variable MILLRACE_ENGINE_CORE is unknown;"
                + " did you mean MILLRACE_ENGINE_CORES?"), problems);
    }

    @Test
    void shouldNameOptionValueRangeAndDefaultOfEveryBadValueAtOnce() throws IOException {
        Path file = file("""
            engine:
              inbound-capacity: 1000
            journal:
              sync: sometimes
            feed:
              multicast-group: 10.0.0.1
            """);

        List<String> problems = assertThrows(ConfigurationException.class,
            () -> new ConfigurationLoader().file(file).conclude()).problems();

        assertEquals(List.of(
            "engine.inbound-capacity: '1000' (file " + file
                + ") is not a power of two from 64 to 8388608; the default is '16384'",
            "journal.sync: 'sometimes' (file " + file
                + ") is not one of none, interval, batch; the default is 'interval'",
            "feed.multicast-group: '10.0.0.1' (file " + file
                + ") is not a multicast group from 224.0.0.0 to 239.255.255.255;"
                + " the default is '239.77.1.1'"),
            problems);
    }

    @Test
    void shouldRefuseWhatIsNotAMapOfKeys() throws IOException {
        assertEquals(1, problemsOf("- a\n- b\n"));
        assertEquals(1, problemsOf("a: [\n"));
        assertEquals(1, problemsOf("journal.sync: batch\njournal:\n  sync: none\n"));
        assertEquals(1, problemsOf("journal.sync:\n"));
        assertEquals(0, problemsOf(""));
    }

    @Test
    void shouldReadBackTheDefaultsItPrints() throws IOException {
        Configuration configuration = new ConfigurationLoader().file(file(DefaultYaml.text()))
            .conclude();

        assertEquals(ConfigOptions.ALL.stream()
            .collect(Collectors.toMap(ConfigOption::key, ConfigOption::defaultValue)),
            configuration.all());
    }

    @Test
    void shouldAcceptEveryDefault() {
        List<String> refused = ConfigOptions.ALL.stream()
            .filter(option -> !option.rule().accepts(option.defaultValue())).map(ConfigOption::key)
            .toList();

        assertEquals(List.of(), refused);
    }

    private int problemsOf(String yaml) throws IOException {
        ConfigurationLoader loader = new ConfigurationLoader().file(file(yaml));
        try {
            loader.conclude();
            return 0;
        } catch (ConfigurationException e) {
            return e.problems().size();
        }
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("millrace.yml"), yaml);
    }
}
