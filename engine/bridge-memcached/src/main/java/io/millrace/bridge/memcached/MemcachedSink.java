// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.cache.CacheSink;
import java.util.List;
import java.util.zip.CRC32;

/** Makes the sink that keeps the newest values of each security in Memcached. */
public final class MemcachedSink {
    private static final String NAME = "memcached";

    private MemcachedSink() {
    }

    /**
     * Makes the sink of a bridge. Control thread.
     *
     * @param context concluded here
     */
    public static Bridge.SinkFactory factory(MemcachedContext context) {
        context.conclude();
        List<MemcachedServer> servers = context.servers().stream()
            .map(address -> new MemcachedServer(context, address)).toList();
        return CacheSink.factory(NAME, context.counters(), servers,
            symbol -> server(symbol, servers.size()));
    }

    /** As clients do that spread keys by CRC, with the symbol as the key of the server. */
    static int server(String symbol, int count) {
        CRC32 crc = new CRC32();
        crc.update(symbol.getBytes(UTF_8));
        return (int) (crc.getValue() >> 16 & 0x7fff) % count;
    }
}
