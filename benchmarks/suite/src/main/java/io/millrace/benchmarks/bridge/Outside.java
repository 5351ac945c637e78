// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.bridge;

import io.millrace.benchmarks.rig.Options;
import io.millrace.bridge.Bridge;
import java.nio.file.Path;
import java.util.List;

/**
 * An outside system and the two ways there: the bridge's sink, and its client library used as a
 * program would that keeps its events in memory, with the same settings on one connection. What a
 * round writes is removed before the next. One thread.
 *
 * @param <B> a batch in the form that the client library sends
 */
interface Outside<B> {
    /** The one that an option names. */
    static Outside<?> of(Options options) {
        return switch (options.text("sink")) {
            case "kafka" -> new KafkaOutside(options);
            case "clickhouse" -> new ClickHouseOutside(options);
            case "redis" -> new RedisOutside(options);
            case "parquet" -> new ParquetOutside(options);
            default -> throw new IllegalArgumentException(options.text("sink"));
        };
    }

    /** The bridge's sink, to a place that is empty. */
    Bridge.SinkFactory sink(int round, Path journalRoot);

    /** Connects the bare client to a place that is empty. */
    void open(int round) throws Exception;

    /** A batch as the library takes it. */
    B encode(List<Market> batch) throws Exception;

    /** Sends a batch and returns when it is acknowledged. */
    void send(B batch) throws Exception;

    /** Leaves the place; the next is another. */
    void leave() throws Exception;
}
