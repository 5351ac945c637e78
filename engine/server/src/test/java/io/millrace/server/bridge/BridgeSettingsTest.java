// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.server.config.Configuration;
import io.millrace.server.config.ConfigurationException;
import io.millrace.server.config.ConfigurationLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class BridgeSettingsTest {
    @TempDir
    private Path folder;

    private Configuration configuration(String settings) throws IOException {
        Path file = folder.resolve("kafka.properties");
        Files.writeString(file, settings);
        return new ConfigurationLoader()
            .flags(Map.of("bridge.kafka.security-file", file.toString())).conclude();
    }

    @Test
    void shouldTakeSecurityAndNothingElseFromItsFile() throws IOException {
        BridgeSettings.kafka(configuration("security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\n"
            + "ssl.truststore.location=/etc/trust\n"));
        Configuration other = configuration("acks=0\n");
        List<String> problems = assertThrows(ConfigurationException.class,
            () -> BridgeSettings.kafka(other)).problems();
        assertEquals(1, problems.size());
        assertEquals("bridge.kafka.security-file: 'acks' in "
            + folder.resolve("kafka.properties")
            + " does not begin with one of security., ssl., sasl.", problems.get(0));
    }

    @Test
    void shouldMakeCachesOfTheDefaultsAndOfACluster() {
        BridgeSettings.redis(new ConfigurationLoader()
            .flags(Map.of("bridge.redis.routing", "cluster")).conclude(), Map.of());
        BridgeSettings.memcached(new ConfigurationLoader().conclude());
    }

    @Test
    void shouldMakeTheWayToPostgresOfTheDefaultsAndOfAPassword() {
        BridgeSettings.postgres(new ConfigurationLoader().conclude(), Map.of());
        BridgeSettings.postgres(new ConfigurationLoader().flags(Map.of(
            "bridge.postgres.tls", "verify-full", "bridge.postgres.timescale", "off")).conclude(),
            Map.of("MILLRACE_POSTGRES_PASSWORD", "secret"));
    }
}
