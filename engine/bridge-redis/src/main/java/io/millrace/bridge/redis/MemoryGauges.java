// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * How the servers' memory is, in counters: {@code bridge.redis.memory-percent} of the fullest,
 * {@code bridge.redis.quote-ttl-ms} the shortest in force. Written by the bridge's thread.
 */
final class MemoryGauges {
    private static final String USED = "used_memory:";
    private static final String LIMIT = "maxmemory:";

    private final RedisContext context;
    private final AtomicCounter percent;
    private final AtomicCounter quoteTtlMs;
    private final List<MemoryPolicy> policies = new ArrayList<>();

    MemoryGauges(RedisContext context) {
        this.context = context;
        percent = context.counters().counter("bridge.redis.memory-percent");
        quoteTtlMs = context.counters().counter("bridge.redis.quote-ttl-ms");
        quoteTtlMs.setRelease(context.quoteTtlMs());
    }

    /** A policy for one more server. Control thread. */
    MemoryPolicy newPolicy() {
        MemoryPolicy policy = new MemoryPolicy(context.memory(), context.quoteTtlMs(), this::show);
        policies.add(policy);
        return policy;
    }

    private void show() {
        percent.setRelease(policies.stream().mapToInt(MemoryPolicy::percent).max().orElse(0));
        quoteTtlMs.setRelease(policies.stream().mapToInt(MemoryPolicy::ttlMs).min().orElse(0));
    }

    /** Percent in use, from the answer to {@code INFO memory}; 0 where there is no limit. */
    static int percent(String info) {
        long limit = value(info, LIMIT);
        return limit == 0 ? 0 : (int) (value(info, USED) * 100 / limit);
    }

    private static long value(String info, String name) {
        return info.lines().filter(line -> line.startsWith(name))
            .mapToLong(line -> Long.parseLong(line.substring(name.length()).trim()))
            .findFirst().orElse(0);
    }
}
