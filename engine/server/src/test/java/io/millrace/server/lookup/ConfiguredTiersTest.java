// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.server.config.ConfigurationException;
import io.millrace.server.config.ConfigurationLoader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfiguredTiersTest {
    private static List<String> names(Map<String, String> flags) {
        return ConfiguredTiers.names(new ConfigurationLoader().flags(flags).conclude());
    }

    @Test
    void shouldAskTheEngineAndWhomABridgeFillsUnlessToldOtherwise() {
        assertEquals(List.of("engine"), names(Map.of()));
        assertEquals(List.of("engine", "redis", "clickhouse", "parquet"), names(Map.of(
            "bridge.redis.enabled", "true", "bridge.clickhouse.enabled", "true",
            "bridge.parquet.enabled", "true")));
        assertEquals(List.of("parquet", "redis"),
            names(Map.of("lookup.tiers", "parquet,redis,parquet", "bridge.redis.enabled", "true",
                "bridge.clickhouse.enabled", "true")));
    }

    @Test
    void shouldRefuseWhomNobodyKnows() {
        assertEquals(List.of("lookup.tiers: 'redis,auto' (flag --lookup.tiers) is not 1 to 4 of"
            + " engine, redis, clickhouse, parquet, with commas between, or auto; the default is"
            + " 'auto'"), assertThrows(ConfigurationException.class,
                () -> names(Map.of("lookup.tiers", "redis,auto"))).problems());
    }
}
