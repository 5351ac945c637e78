// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.memcached;

import io.millrace.bridge.Position;
import io.millrace.bridge.cache.LatestQuote;
import io.millrace.bridge.cache.QuoteCache;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.CloseHelper;

/**
 * One server. It has no transactions: the position is set behind the values and is never ahead of
 * them. A bridge that ends in between writes the last flush once more, so that until it has caught
 * up readers may see a value again that a newer one had replaced; the last values win. What the
 * server forgets (a restart, or eviction) is gone with its position, and then all values are
 * written again from the earliest journal there is; one that loses values but keeps the position
 * misses them until the security is quoted again. Bridge's thread.
 */
final class MemcachedServer implements QuoteCache {
    private static final int FOR_EVER = 0;
    private static final String SYMBOL = "symbol";
    /** A name and a value, in quotes or not, of the flat JSON that is written here. */
    private static final Pattern VALUE = Pattern.compile("\"(\\w+)\":\"?([^\",}]*)");

    private final MemcachedContext context;
    private final String address;
    private final String positionKey;
    private MemcachedConnection server;

    MemcachedServer(MemcachedContext context, String address) {
        this.context = context;
        this.address = address;
        positionKey = "millrace:position:" + context.clientId();
    }

    @Override
    public Position open() throws IOException {
        server = new MemcachedConnection(address, context.timeoutMs());
        String told = server.get(positionKey);
        return told == null ? null : Position.parse(told);
    }

    @Override
    public Map<String, String> latest(String symbol) throws IOException {
        String json = server.get(latestKey(symbol));
        Map<String, String> values = new LinkedHashMap<>();
        Matcher matcher = VALUE.matcher(json == null ? "" : json);
        while (matcher.find()) {
            values.put(matcher.group(1), matcher.group(2));
        }
        values.remove(SYMBOL);
        return values;
    }

    @Override
    public int write(Collection<LatestQuote> quotes, Position to) throws IOException {
        for (LatestQuote quote : quotes) {
            String json = quote.json(quote.values());
            server.set("quote:" + quote.symbol(), context.quoteTtlS(), json);
            server.set(latestKey(quote.symbol()), FOR_EVER, json);
        }
        server.awaitStored();
        server.set(positionKey, FOR_EVER, to.toString());
        server.awaitStored();
        return 0;
    }

    private static String latestKey(String symbol) {
        return "sym:" + symbol + ":latest";
    }

    @Override
    public void close() {
        CloseHelper.quietClose(server);
        server = null;
    }
}
