// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.kafka;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.DeadLetters;
import io.millrace.bridge.EventBatch;
import io.millrace.bridge.Position;
import io.millrace.bridge.Sink;
import io.millrace.bridge.SymbolDirectory;
import io.millrace.bridge.kafka.SendAttempt.Place;
import io.millrace.bridge.kafka.SendAttempt.Refusal;
import io.millrace.journal.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.CloseHelper;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Sends batches to Kafka by an idempotent producer. With transactions the position stands in the
 * same transaction as its records, so that a reader of what is committed sees each exactly once;
 * without, a repeated batch has the very same records, and their headers tell. The bridge's thread;
 * only the counts are written by the client's.
 */
public final class KafkaSink implements Sink {
    private static final String NAME = "kafka";
    private static final long REFUSAL_NS = 500_000_000L;

    private final KafkaContext context;
    private final Path journalRoot;
    private final KafkaRoutes routes;
    private final DeadLetters deadLetters;
    private final Set<Place> refused = new HashSet<>();
    private KafkaProducer<byte[], byte[]> producer;
    private EventBatch batch;
    private SendAttempt attempt;
    private long refusedAtNs;

    private KafkaSink(KafkaContext context, Path journalRoot, SymbolDirectory symbols,
        DeadLetters deadLetters) {
        this.context = context;
        this.journalRoot = journalRoot;
        this.deadLetters = deadLetters;
        routes = new KafkaRoutes(context, symbols);
    }

    /**
     * Makes the sink of a bridge.
     *
     * @param context     concluded here
     * @param journalRoot whose heads go in front of their events
     */
    public static Bridge.SinkFactory factory(KafkaContext context, Path journalRoot) {
        context.conclude();
        return Bridge.SinkFactory.of(NAME,
            (symbols, deadLetters) -> new KafkaSink(context, journalRoot, symbols, deadLetters));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isRangeKept() {
        return !context.isTransactional();
    }

    @Override
    public Position open(Position known) throws IOException, InterruptedException {
        new TopicSetup(context).run();
        producer = KafkaClients.producer(context);
        if (!context.isTransactional()) {
            return known;
        }
        producer.initTransactions();
        return new CheckpointTopic(context).read();
    }

    @Override
    public void send(EventBatch sent) throws IOException {
        batch = sent;
        attempt = new SendAttempt();
        refusedAtNs = 0;
        if (context.isTransactional()) {
            producer.beginTransaction();
        }
        sendHead();
        routes.route(batch, new KafkaRoutes.Target() {
            @Override
            public void send(int index, ProducerRecord<byte[], byte[]> record) {
                Place place = new Place(index, record.topic());
                if (!refused.contains(place)) {
                    KafkaSink.this.send(record, place);
                }
            }

            @Override
            public void refuse(int index, String topic, String reason) {
                keep(new Refusal(new Place(index, topic), reason));
            }
        });
        if (context.isTransactional()) {
            send(CheckpointTopic.record(context, batch.to()), null);
        }
    }

    /** A topic explains itself as a journal does: the head comes before the epoch's first event. */
    private void sendHead() {
        String topic = context.topic(KafkaTopic.INBOUND);
        if (topic.isEmpty() || batch.from().inbound() > 0 || batch.to().inbound() == 0) {
            return;
        }
        LocalDate epoch = batch.to().epoch();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, null,
            Journal.head(Journal.directory(journalRoot, epoch)).encode());
        InboundHeaders.put(record.headers(), batch.to());
        InboundHeaders.put(record.headers(), InboundHeaders.HEAD, true);
        send(record, null);
    }

    /** Each record would wait for brokers that are away: the first that did in vain is the last. */
    private void send(ProducerRecord<byte[], byte[]> record, Place place) {
        if (attempt.failure() != null) {
            throw new IllegalStateException("the batch cannot be sent", attempt.failure());
        }
        producer.send(record, attempt.sending(place));
    }

    @Override
    public boolean isAcknowledged() throws Exception {
        if (!attempt.refusals().isEmpty()) {
            return awaitRefusals();
        }
        if (attempt.failure() != null) {
            throw attempt.failure();
        }
        if (attempt.isPending()) {
            return false;
        }
        if (context.isTransactional() && !isCommitted()) {
            return false;
        }
        refused.clear();
        return true;
    }

    /**
     * A refusal leaves the client's sequence numbers in disorder: what else is refused is heard
     * for a moment, then everything else is sent again by a new client.
     */
    private boolean awaitRefusals() throws IOException {
        long nowNs = System.nanoTime();
        refusedAtNs = refusedAtNs == 0 ? nowNs : refusedAtNs;
        if (attempt.isPending() && nowNs - refusedAtNs < REFUSAL_NS) {
            return false;
        }
        List<Refusal> told = attempt.refusals();
        told.forEach(this::keep);
        throw new IOException(told.size()
            + " records are refused for good; the others are sent again");
    }

    private boolean isCommitted() {
        try {
            producer.commitTransaction();
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private void keep(Refusal refusal) {
        if (refused.add(refusal.place())) {
            int index = refusal.place().index();
            deadLetters.add(batch.to().epoch(), batch.queue(index), batch.event(index),
                "topic " + refusal.place().topic(), refusal.reason());
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            CloseHelper.quietClose(() -> producer.close(Duration.ZERO));
            producer = null;
        }
    }
}
