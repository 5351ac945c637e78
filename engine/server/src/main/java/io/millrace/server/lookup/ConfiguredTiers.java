// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.lookup;

import io.millrace.bridge.clickhouse.ClickHouseQuotes;
import io.millrace.bridge.lookup.QuoteMemory;
import io.millrace.bridge.lookup.QuoteTier;
import io.millrace.bridge.parquet.ParquetQuotes;
import io.millrace.bridge.redis.RedisQuotes;
import io.millrace.counter.Counters;
import io.millrace.server.bridge.BridgeSettings;
import io.millrace.server.config.ClickHouseOptions;
import io.millrace.server.config.ConfigOptions;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.LookupOptions;
import io.millrace.server.config.RedisOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.agrona.concurrent.EpochNanoClock;

/**
 * From the table of options to a lookup: who is asked, and in which order. Control thread.
 */
public final class ConfiguredTiers {
    private ConfiguredTiers() {
    }

    /** Names of those that the options want, in their order; auto is whom a bridge fills. */
    public static List<String> names(Configuration configuration) {
        String wanted = configuration.text(LookupOptions.TIERS);
        if (!wanted.equals(LookupOptions.AUTO)) {
            return List.of(wanted.split(",")).stream().distinct().toList();
        }
        List<String> names = new ArrayList<>(LookupOptions.NAMES);
        names.removeIf(name -> !name.equals(LookupOptions.ENGINE)
            && !configuration.isTrue("bridge." + name + ".enabled"));
        return names;
    }

    /**
     * Makes a lookup without a connection.
     *
     * @param memory      of the engine in this process, or null
     * @param environment variables, where passwords may stand
     */
    public static QuoteLookup lookup(Configuration configuration, QuoteMemory memory,
        Map<String, String> environment, Counters counters, EpochNanoClock clock) {
        String timeoutMs = configuration.text(LookupOptions.TIMEOUT);
        Configuration impatient = configuration.with(Map.of(RedisOptions.TIMEOUT, timeoutMs,
            ClickHouseOptions.TIMEOUT, timeoutMs));
        List<QuoteTier> near = new ArrayList<>();
        List<QuoteTier> stores = new ArrayList<>();
        for (String name : names(configuration)) {
            switch (name) {
                case LookupOptions.REDIS ->
                    near.add(new RedisQuotes(BridgeSettings.redis(impatient, environment)));
                case LookupOptions.CLICKHOUSE -> stores.add(
                    new ClickHouseQuotes(BridgeSettings.clickHouse(impatient, environment)));
                case LookupOptions.PARQUET -> stores.add(
                    new ParquetQuotes(BridgeSettings.parquet(configuration,
                        Path.of(configuration.text(ConfigOptions.JOURNAL_DIRECTORY)))));
                default -> near.addAll(memory == null ? List.of() : List.of(memory));
            }
        }
        return new QuoteLookup(near, stores, QuoteLookup.MissPolicy.valueOf(
            configuration.text(LookupOptions.ON_MISS).toUpperCase(Locale.ROOT)),
            Long.parseLong(timeoutMs), counters, clock);
    }
}
