// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.clickhouse;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.counter.Counters;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * The client's connection pool in counters {@code bridge.<sink>.pool-...}: how many connections
 * there may be, are in use and lie idle, and how many requests wait for one. Made on the control
 * thread, shown by the bridge's.
 */
final class PoolGauges {
    private static final String PREFIX = "httpcomponents.httpclient.pool.total.";
    private static final String CONNECTIONS = PREFIX + "connections";
    private static final String STATE = "state";

    private final AtomicCounter size;
    private final AtomicCounter leased;
    private final AtomicCounter idle;
    private final AtomicCounter waiting;
    private SimpleMeterRegistry registry;

    PoolGauges(Counters counters, String sink) {
        String prefix = "bridge." + sink + ".pool-";
        size = counters.counter(prefix + "size");
        leased = counters.counter(prefix + "leased");
        idle = counters.counter(prefix + "idle");
        waiting = counters.counter(prefix + "waiting");
    }

    /** Where the next client shall tell of its pool. */
    SimpleMeterRegistry newRegistry() {
        registry = new SimpleMeterRegistry();
        return registry;
    }

    void show() {
        size.setRelease(value(registry.find(PREFIX + "max").gauge()));
        leased.setRelease(value(registry.find(CONNECTIONS).tag(STATE, "leased").gauge()));
        idle.setRelease(value(registry.find(CONNECTIONS).tag(STATE, "available").gauge()));
        waiting.setRelease(value(registry.find(PREFIX + "pending").gauge()));
    }

    /** Without a client there is no connection. */
    void clear() {
        registry = null;
        leased.setRelease(0);
        idle.setRelease(0);
        waiting.setRelease(0);
    }

    private static long value(Gauge gauge) {
        return gauge == null ? 0 : (long) gauge.value();
    }
}
