// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.bridge.EventBatch;
import io.millrace.bridge.MarketRecord;
import io.millrace.bridge.MarketRecord.Kind;
import io.millrace.bridge.RecordJson;
import io.millrace.bridge.SymbolDirectory;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventView;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * From events to records: which kind goes to which topics. The key is the symbol, so that a
 * security's records stay in their order. One thread.
 */
final class KafkaRoutes {
    private static final Map<Kind, List<KafkaTopic>> TOPICS = new EnumMap<>(Map.of(
        Kind.QUOTE, List.of(KafkaTopic.RAW_QUOTES),
        Kind.BBO, List.of(KafkaTopic.RAW_QUOTES, KafkaTopic.PROCESSED_QUOTES,
            KafkaTopic.MARKET_L1),
        Kind.NBBO, List.of(KafkaTopic.PROCESSED_QUOTES),
        Kind.TRADE, List.of(KafkaTopic.MARKET_TICKS, KafkaTopic.MARKET_TICKS_ALIAS),
        Kind.LEVEL, List.of(KafkaTopic.MARKET_L2),
        Kind.OTHER, List.of()));

    private final KafkaContext context;
    private final SymbolDirectory symbols;
    private final MarketRecord market = new MarketRecord();
    private final RecordJson json = new RecordJson();
    private final InboundBatch inbound = new InboundBatch();
    private final Map<String, Routed> latest = new LinkedHashMap<>();

    /** Takes records one by one. */
    interface Target {
        /**
         * A record and where it came from.
         *
         * @param index of its event in the batch, or the last of several
         */
        void send(int index, ProducerRecord<byte[], byte[]> record);

        /** An event that belongs to topics but cannot be written. */
        void refuse(int index, String topic, String reason);
    }

    private record Routed(int index, byte[] value) {
    }

    KafkaRoutes(KafkaContext context, SymbolDirectory symbols) {
        this.context = context;
        this.symbols = symbols;
    }

    /** Hands on all records of a batch. */
    void route(EventBatch batch, Target target) {
        LocalDate epoch = batch.to().epoch();
        inbound.clear();
        latest.clear();
        for (int i = 0; i < batch.count(); i++) {
            if (!batch.event(i).isDerived()) {
                addInbound(batch, i, target);
            }
            routeByKind(batch, i, epoch, target);
        }
        flushInbound(batch, batch.count() - 1, target);
        latest.forEach((symbol, routed) -> target.send(routed.index(), new ProducerRecord<>(
            context.topic(KafkaTopic.LATEST), symbol.getBytes(UTF_8), routed.value())));
    }

    private void addInbound(EventBatch batch, int index, Target target) {
        if (!context.topic(KafkaTopic.INBOUND).isEmpty() && !inbound.add(batch.event(index))) {
            flushInbound(batch, index, target);
            inbound.add(batch.event(index));
        }
    }

    private void flushInbound(EventBatch batch, int index, Target target) {
        if (!inbound.isEmpty()) {
            target.send(index, inbound.take(context.topic(KafkaTopic.INBOUND),
                batch.to()));
        }
    }

    private void routeByKind(EventBatch batch, int index, LocalDate epoch, Target target) {
        Kind kind = market.wrap(batch, index);
        boolean isBestQuote = batch.isBestQuote(index);
        List<String> names = names(kind, isBestQuote);
        if (names.isEmpty()) {
            return;
        }
        EventView event = batch.event(index);
        String symbol = symbols.symbol(event.instrumentId());
        if (symbol == null) {
            names.forEach(name -> target.refuse(index, name,
                "security " + event.instrumentId() + " has no symbol"));
            return;
        }
        byte[] key = symbol.getBytes(UTF_8);
        byte[] value = value(batch, index, epoch, symbol);
        for (String name : names) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(name, key, value);
            if (context.format() == KafkaContext.Format.SBE) {
                InboundHeaders.put(record.headers(), InboundHeaders.EPOCH, epoch);
            }
            target.send(index, record);
        }
        if (isBestQuote && !context.topic(KafkaTopic.LATEST).isEmpty()) {
            latest.put(symbol, new Routed(index, value));
        }
    }

    private List<String> names(Kind kind, boolean isBestQuote) {
        List<String> names = new ArrayList<>(3);
        for (KafkaTopic topic : TOPICS.get(kind)) {
            boolean isReplaced = topic == KafkaTopic.PROCESSED_QUOTES && !isBestQuote;
            if (!isReplaced && !context.topic(topic).isEmpty()) {
                names.add(context.topic(topic));
            }
        }
        return names;
    }

    private byte[] value(EventBatch batch, int index, LocalDate epoch, String symbol) {
        EventView event = batch.event(index);
        if (context.format() == KafkaContext.Format.JSON) {
            return json.write(epoch, batch.queue(index), event, symbol, market);
        }
        byte[] bytes = new byte[event.length()];
        event.buffer().getBytes(event.offset() - EventDescriptor.HEADER_LENGTH, bytes);
        return bytes;
    }
}
