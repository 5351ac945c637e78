// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.query.GenericRecord;
import com.clickhouse.client.api.query.Records;
import io.millrace.counter.Counters;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Asks the server once in a while how it is, and shows the answer in counters
 * {@code bridge.<sink>.server-...}; {@code health} is 1 while the last answer was good. An answer
 * that does not come stops nothing: whether a batch arrives is what decides. Made on the control
 * thread, used by the bridge's.
 */
final class ServerHealth {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final List<String> COLUMNS = List.of("uptime_seconds", "queries", "merges",
        "parts", "rows", "bytes", "replicas_readonly", "replication_queue");

    private final Counters counters;
    private final String database;
    private final long intervalNs;
    private final AtomicCounter health;
    private final AtomicCounter answerNs;
    private final Map<String, AtomicCounter> answers = new TreeMap<>();
    private CompletableFuture<Records> asked;
    private long askedNs = Long.MIN_VALUE;
    private long sentNs;

    ServerHealth(ClickHouseContext context, String sink) {
        counters = context.counters();
        database = context.database();
        intervalNs = context.healthSeconds() * NS_PER_SECOND;
        health = counters.counter("bridge." + sink + ".health");
        answerNs = counters.counter("bridge." + sink + ".health-ns");
        COLUMNS.forEach(column -> answers.put(column, counters.counter(
            "bridge." + sink + ".server-" + column.replace('_', '-'))));
    }

    /** Asks when it is time, takes an answer that is there. */
    void onLook(Client client, long nowNs) {
        if (asked != null) {
            takeAnswer();
        } else if (askedNs == Long.MIN_VALUE || nowNs - askedNs >= intervalNs) {
            ask(client, nowNs);
        }
    }

    /** Takes an answer that is there: until then it holds a connection. */
    void takeAnswer() {
        if (asked != null && asked.isDone()) {
            take();
        }
    }

    /** Waits for an answer that is on its way. */
    void settle() {
        if (asked != null) {
            take();
        }
    }

    private void ask(Client client, long nowNs) {
        askedNs = nowNs;
        sentNs = System.nanoTime();
        try {
            asked = client.queryRecords(
                TableDefinitions.text("health").replace("${database}", database));
        } catch (IOException | RuntimeException failure) {
            fail(failure);
        }
    }

    private void take() {
        try {
            Records records = asked.get();
            for (GenericRecord row : records) {
                answers.forEach((column, counter) -> counter.setRelease(row.getLong(column)));
            }
            records.close();
            answerNs.setRelease(System.nanoTime() - sentNs);
            health.setRelease(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failure) {
            fail(failure.getCause());
        } catch (Exception failure) {
            fail(failure);
        }
        asked = null;
    }

    private void fail(Throwable failure) {
        asked = null;
        health.setRelease(0);
        counters.onError(failure);
    }

    /** Without a client nothing is known; the next one is asked at once. */
    void clear() {
        asked = null;
        askedNs = Long.MIN_VALUE;
        health.setRelease(0);
    }
}
