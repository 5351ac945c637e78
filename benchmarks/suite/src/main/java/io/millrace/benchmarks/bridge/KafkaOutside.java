// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.benchmarks.rig.Options;
import io.millrace.bridge.Bridge;
import io.millrace.bridge.Sink;
import io.millrace.bridge.SymbolDirectory;
import io.millrace.bridge.kafka.KafkaContext;
import io.millrace.bridge.kafka.KafkaSink;
import io.millrace.bridge.kafka.KafkaTopic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * JSON to the topics by kind, lz4, a transaction for each batch. The topic of SBE batches and the
 * compacted one are off: what is compared is a record for each event and topic.
 */
final class KafkaOutside implements Outside<List<ProducerRecord<byte[], byte[]>>> {
    private static final List<KafkaTopic> QUOTES =
        List.of(KafkaTopic.RAW_QUOTES, KafkaTopic.PROCESSED_QUOTES, KafkaTopic.MARKET_L1);
    private static final List<KafkaTopic> TRADES =
        List.of(KafkaTopic.MARKET_TICKS, KafkaTopic.MARKET_TICKS_ALIAS);

    private final JsonFactory json = new JsonFactory();
    private final String address;
    private final Path root;
    private String prefix;
    private KafkaProducer<byte[], byte[]> producer;

    KafkaOutside(Options options) {
        address = options.text("address");
        root = Path.of(options.text("folder"));
    }

    private KafkaContext context(int round) {
        prefix = "bench-" + ProcessHandle.current().pid() + '-' + (round + 1) + '.';
        return new KafkaContext().bootstrapServers(address).clientId(prefix)
            .topic(KafkaTopic.INBOUND, "").topic(KafkaTopic.LATEST, "").topicPrefix(prefix);
    }

    @Override
    public Bridge.SinkFactory sink(int round, Path journalRoot) {
        return KafkaSink.factory(context(round), journalRoot);
    }

    /** The sink makes the topics and leaves. */
    @Override
    public void open(int round) throws Exception {
        try (Sink topics = KafkaSink.factory(context(round), root)
            .create(new SymbolDirectory(), null)) {
            topics.open(null);
        }
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", address, "acks", "all",
            "enable.idempotence", true, "compression.type", "lz4", "linger.ms", 5, "batch.size",
            1 << 18, "buffer.memory", 1L << 26, "transactional.id", prefix + "bare"),
            new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> encode(List<Market> batch) throws IOException {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(3 * batch.size());
        for (Market market : batch) {
            byte[] key = market.symbol().getBytes(UTF_8);
            byte[] value = json(market);
            for (KafkaTopic topic : market.isTrade() ? TRADES : QUOTES) {
                records.add(new ProducerRecord<>(prefix + topic.defaultName(), key, value));
            }
        }
        return records;
    }

    private byte[] json(Market market) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator to = json.createGenerator(bytes)) {
            to.writeStartObject();
            to.writeStringField("symbol", market.symbol());
            to.writeStringField("venue", Integer.toString(EventJournal.VENUE));
            if (market.isTrade()) {
                decimal(to, "price", Decimals.price(market.price()));
                decimal(to, "size", Decimals.size(market.size()));
                to.writeStringField("side", "UNKNOWN");
                to.writeNumberField("trade_id", market.askPrice());
            } else {
                decimal(to, "bid", Decimals.price(market.price()));
                decimal(to, "ask", Decimals.price(market.askPrice()));
                decimal(to, "bid_size", Decimals.size(market.size()));
                decimal(to, "ask_size", Decimals.size(market.askSize()));
            }
            to.writeNumberField("ts", market.timeNs() / 1_000_000_000);
            decimal(to, "timestamp", Decimals.price(market.timeNs()));
            to.writeNumberField("ts_event", market.timeNs());
            to.writeNumberField("ts_recv", market.timeNs());
            to.writeNumberField("flags", EventJournal.FLAGS);
            to.writeStringField("epoch", EventJournal.DATE.toString());
            to.writeStringField("queue", market.queue());
            to.writeNumberField("sequence", market.sequence());
            to.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** As the bridge writes it: without zeros at its end. */
    private static void decimal(JsonGenerator to, String name, BigDecimal value)
        throws IOException {
        to.writeFieldName(name);
        to.writeNumber(Decimals.text(value));
    }

    @Override
    public void send(List<ProducerRecord<byte[], byte[]>> batch) {
        producer.beginTransaction();
        batch.forEach(producer::send);
        producer.commitTransaction();
    }

    @Override
    public void leave() throws Exception {
        if (producer != null) {
            producer.close();
            producer = null;
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.deleteTopics(admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(prefix)).toList()).all().get();
        }
    }
}
