// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.server.config.Configuration;
import io.millrace.server.config.ConfigurationException;
import io.millrace.server.config.ConfigurationLoader;
import io.millrace.server.config.FeedPassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionChecksTest {
    private static final Map<String, String> SOUP = Map.of("feed.source", "itch50",
        "feed.transport", "soupbintcp", "soupbintcp.port", "9000", "soupbintcp.username", "USER01");

    @TempDir
    private Path folder;

    @Test
    void shouldAskNothingOfConnectionsThatAreNotMade() {
        assertEquals(List.of(), problems(Map.of(), Map.of()));
    }

    @Test
    void shouldTakeThePasswordFromTheEnvironmentOrAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "PASS1234\n");
        Map<String, String> flags = with(SOUP, "soupbintcp.password-file", file.toString());

        assertEquals(List.of(), problems(flags, Map.of()));
        assertEquals(List.of(), problems(SOUP, Map.of("MILLRACE_SOUPBINTCP_PASSWORD", "X")));
        assertEquals("PASS1234", password(flags, Map.of()));
        assertEquals("X", password(flags, Map.of("MILLRACE_SOUPBINTCP_PASSWORD", "X")));
    }

    @Test
    void shouldTakeThePasswordOfANamedFeedFromItsOwnVariableOrFileFirst() throws IOException {
        String file = Files.writeString(folder.resolve("password"), "OFFILE\n").toString();
        Configuration all = new ConfigurationLoader().preset(Map.of("feeds.one.source", "itch50",
            "feeds.two-b.source", "itch50", "feeds.one.soupbintcp.password-file", file))
            .environment(Map.of("MILLRACE_FEEDS_TWO_B_SOUPBINTCP_PASSWORD", "OWN")).conclude();
        Map<String, String> common = Map.of("MILLRACE_SOUPBINTCP_PASSWORD", "COMMON");
        Map<String, String> own = with(common, "MILLRACE_FEEDS_ONE_SOUPBINTCP_PASSWORD", "OWN");

        assertEquals("OFFILE", password(all.ofFeed("one"), common));
        assertEquals("OWN", password(all.ofFeed("one"), own));
        assertEquals("COMMON", password(all.ofFeed("two-b"), common));
        assertEquals("OWN", password(all.ofFeed("two-b"),
            with(common, "MILLRACE_FEEDS_TWO_B_SOUPBINTCP_PASSWORD", "OWN")));
    }

    @Test
    void shouldNameEverythingThatIsMissing() {
        assertEquals(List.of(
            "soupbintcp.port: 0 is no port to connect to; set one from 1 to 65535",
            "soupbintcp.username: 'none' is nobody; set who logs in",
            "soupbintcp.password-file: there is no password; name a file that holds it, or set the"
                + " environment variable MILLRACE_SOUPBINTCP_PASSWORD",
            "glimpse.port: 0 is no port to connect to; set one from 1 to 65535",
            "glimpse.username: 'none' is nobody; set who logs in",
            "glimpse.password-file: there is no password; name a file that holds it, or set the"
                + " environment variable MILLRACE_GLIMPSE_PASSWORD"),
            problems(Map.of("feed.source", "itch50", "feed.transport", "soupbintcp",
                "glimpse.enabled", "true"), Map.of()));
    }

    @Test
    void shouldAskNothingOfConnectionsToASimulatedVenueThatSpeaksItch() {
        Map<String, String> flags = Map.of("feed.source", "simulator", "feed.transport",
            "soupbintcp", "glimpse.enabled", "true");
        assertEquals(List.of(), problems(flags, Map.of()));
        assertEquals(List.of("feed.transport: 'soupbintcp' is not how feed.source 'simulator'"
            + " sends; run takes it with feed.source 'itch50'",
            "glimpse.enabled: 'true' is not what feed.source 'simulator' has; run takes it with"
                + " feed.source 'itch50'"),
            problems(with(flags, "simulator.venues", "iex-tops"), Map.of()));
    }

    @Test
    void shouldRefuseSnapshotsForAFeedThatHasNone() {
        assertEquals(List.of("glimpse.enabled: 'true' is not what feed.source 'iex-deep' has; run"
            + " takes it with feed.source 'itch50'"), problems(Map.of("feed.source", "iex-deep",
            "glimpse.enabled", "true", "glimpse.port", "9001", "glimpse.username", "USER01"),
            Map.of("MILLRACE_GLIMPSE_PASSWORD", "X")));
    }

    @Test
    void shouldRefuseAFirstRetryBehindTheLongest() {
        assertEquals(List.of("soupbintcp.first-retry-ms: 200 is more than"
            + " soupbintcp.longest-retry-ms 100"), problems(Map.of("soupbintcp.first-retry-ms",
            "200", "soupbintcp.longest-retry-ms", "100"), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ELEVENCHARS", "tab\tin", "\u00e9t\u00e9"})
    void shouldRefuseAPasswordThatIsNoneWithoutShowingIt(String password) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), password);
        List<String> ofFile = problems(with(SOUP, "soupbintcp.password-file", file.toString()),
            Map.of());
        List<String> ofVariable = problems(SOUP,
            Map.of("MILLRACE_SOUPBINTCP_PASSWORD", password));

        assertEquals(List.of("soupbintcp.password-file: file " + file + " holds no password of 1"
            + " to 10 printable ASCII characters"), ofFile);
        assertEquals(List.of("environment variable MILLRACE_SOUPBINTCP_PASSWORD holds no password"
            + " of 1 to 10 printable ASCII characters"), ofVariable);
        assertFalse(!password.isEmpty() && (ofFile + "" + ofVariable).contains(password));
    }

    @Test
    void shouldTellWhichFileCannotBeRead() {
        String missing = folder.resolve("missing").toString();
        assertEquals(List.of("soupbintcp.password-file: file " + missing + " cannot be read"),
            problems(with(SOUP, "soupbintcp.password-file", missing), Map.of()));
    }

    @Test
    void shouldKeepPasswordsOutOfTheConfiguration() {
        Configuration configuration = new ConfigurationLoader()
            .environment(Map.of("MILLRACE_SOUPBINTCP_PASSWORD", "PASS1234",
                "MILLRACE_GLIMPSE_PASSWORD", "PASS5678")).conclude();
        assertFalse(configuration.all().toString().contains("PASS"));
        assertThrows(ConfigurationException.class, () -> new ConfigurationLoader()
            .environment(Map.of("MILLRACE_SOUP_PASSWORD", "PASS1234")).conclude());
    }

    private static String password(Map<String, String> flags, Map<String, String> environment) {
        return password(new ConfigurationLoader().flags(flags).conclude(), environment);
    }

    private static String password(Configuration configuration, Map<String, String> environment) {
        return FeedPassword.of(configuration, environment, "MILLRACE_SOUPBINTCP_PASSWORD",
            "soupbintcp.password-file").text();
    }

    private static List<String> problems(Map<String, String> flags,
                                         Map<String, String> environment) {
        return new ConnectionChecks(new ConfigurationLoader().flags(flags).conclude(), environment)
            .problems();
    }

    private static Map<String, String> with(Map<String, String> flags, String key, String value) {
        Map<String, String> all = new HashMap<>(flags);
        all.put(key, value);
        return all;
    }
}
