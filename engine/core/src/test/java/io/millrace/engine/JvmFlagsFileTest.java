// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The flags file, the start-up check and the manifest's entries say the same. */
class JvmFlagsFileTest {
    private static final Path ROOT = root();

    @Test
    void shouldOpenInTheFileWhatTheStartUpCheckWants() throws IOException {
        List<String> flags = Files.readAllLines(ROOT.resolve(".mvn/jvm-flags")).stream()
            .filter(line -> line.startsWith("--add-")).sorted().toList();
        assertEquals(Stream.of(JvmFlags.values()).map(JvmFlags::flag).sorted().toList(), flags);
    }

    @Test
    void shouldOpenInTheManifestWhatTheFileOpens() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        Stream<String> opens = packages(pom, "millrace.manifest.opens")
            .map(name -> "--add-opens " + name + "=ALL-UNNAMED");
        Stream<String> exports = packages(pom, "millrace.manifest.exports")
            .map(name -> "--add-exports " + name + "=ALL-UNNAMED");
        assertEquals(Stream.of(JvmFlags.values()).map(JvmFlags::flag).sorted().toList(),
            Stream.concat(opens, exports).sorted().toList());
    }

    private static Stream<String> packages(String pom, String property) {
        return Pattern.compile("<" + property + ">([^<]*)<").matcher(pom).results()
            .map((MatchResult result) -> result.group(1))
            .flatMap(names -> Stream.of(names.split(" ")));
    }

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve(".mvn/jvm-flags"))) {
            at = at.getParent();
        }
        return at;
    }
}
