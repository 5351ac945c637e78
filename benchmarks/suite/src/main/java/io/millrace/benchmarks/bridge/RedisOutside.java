// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.bridge;

import io.millrace.benchmarks.rig.Options;
import io.millrace.bridge.Bridge;
import io.millrace.bridge.redis.RedisContext;
import io.millrace.bridge.redis.RedisSink;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/**
 * The newest values of each security of a batch as string, hash and message, in one transaction.
 * A batch has each security once in each queue, so that nothing is saved by leaving quotes out.
 */
final class RedisOutside implements Outside<Collection<Map<String, String>>> {
    private static final String POSITION = "bench:position";
    private static final SetParams TTL = SetParams.setParams().px(1_000);

    private final HostAndPort address;
    private Jedis jedis;

    RedisOutside(Options options) {
        address = HostAndPort.from(options.text("address"));
    }

    @Override
    public Bridge.SinkFactory sink(int round, Path journalRoot) {
        String client = "bench-" + ProcessHandle.current().pid() + '-' + (round + 1);
        return RedisSink.factory(new RedisContext().servers(address.toString()).clientId(client));
    }

    @Override
    public void open(int round) {
        jedis = new Jedis(address);
    }

    @Override
    public Collection<Map<String, String>> encode(List<Market> batch) {
        Map<String, Map<String, String>> latest = new LinkedHashMap<>();
        for (Market market : batch) {
            Map<String, String> values =
                latest.computeIfAbsent(market.symbol(), symbol -> new LinkedHashMap<>());
            values.put("symbol", market.symbol());
            if (market.isTrade()) {
                values.put("last", Decimals.text(Decimals.price(market.price())));
                values.put("last_size", Decimals.text(Decimals.size(market.size())));
            } else {
                values.put("bid", Decimals.text(Decimals.price(market.price())));
                values.put("ask", Decimals.text(Decimals.price(market.askPrice())));
                values.put("bid_size", Decimals.text(Decimals.size(market.size())));
                values.put("ask_size", Decimals.text(Decimals.size(market.askSize())));
            }
            values.put("ts", Long.toString(market.timeNs() / 1_000_000_000));
            values.put("timestamp", Decimals.text(Decimals.price(market.timeNs())));
            values.put("ts_recv", Long.toString(market.timeNs()));
            values.put("venue", Integer.toString(EventJournal.VENUE));
            values.put("epoch", EventJournal.DATE.toString());
            values.put("queue", market.queue());
            values.put("sequence", Long.toString(market.sequence()));
        }
        return latest.values();
    }

    @Override
    public void send(Collection<Map<String, String>> batch) {
        AbstractTransaction transaction = jedis.multi();
        for (Map<String, String> values : batch) {
            String symbol = values.get("symbol");
            StringBuilder json = new StringBuilder("{");
            values.forEach((name, value) -> json.append(json.length() == 1 ? "\"" : ",\"")
                .append(name).append("\":\"").append(value).append('"'));
            String text = json.append('}').toString();
            transaction.set("quote:" + symbol, text, TTL);
            transaction.hset("sym:" + symbol + ":latest", values);
            transaction.publish("quotes:" + symbol, text);
        }
        transaction.set(POSITION, "bare");
        transaction.exec();
    }

    @Override
    public void leave() {
        if (jedis != null) {
            jedis.close();
            jedis = null;
        }
    }
}
