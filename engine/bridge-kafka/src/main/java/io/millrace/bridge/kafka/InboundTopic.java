// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.kafka;

import io.millrace.codec.event.ClockEncoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventView;
import io.millrace.journal.JournalHead;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Reads one epoch's events inbound from their topic, each once and in order: the journal at the
 * far end of a wire. One thread.
 */
public final class InboundTopic implements AutoCloseable {
    private static final long MS_PER_DAY = 86_400_000L;

    private final LocalDate epoch;
    private final TopicPartition partition;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final EventView event = new EventView();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private Iterator<ConsumerRecord<byte[], byte[]>> records = Collections.emptyIterator();
    private JournalHead head;
    private boolean isPositioned;
    private long birthNs;
    private int offset;
    private long last;
    private long missing;
    private long repeated;

    /** @param context concluded here */
    public InboundTopic(KafkaContext context, LocalDate epoch) {
        this.epoch = epoch;
        consumer = KafkaClients.consumer(context.conclude());
        partition = new TopicPartition(context.topic(KafkaTopic.INBOUND), 0);
        consumer.assign(List.of(partition));
    }

    /**
     * Moves to the next event, or waits a little for one.
     *
     * @return false when none came
     */
    public boolean next(Duration patience) throws IOException {
        while (offset >= buffer.capacity()) {
            if (!records.hasNext() && !poll(patience)) {
                return false;
            }
            take(records.next());
        }
        event.wrap(buffer, offset + EventDescriptor.HEADER_LENGTH);
        offset += event.length();
        last = event.sequence();
        return true;
    }

    /** The event that {@link #next} moved to; valid until it is called again. */
    public EventView event() {
        return event;
    }

    /** Head of the epoch's journal, or null as long as it has not come. */
    public JournalHead head() {
        return head;
    }

    /** Waits a little for the head; it comes before any event. */
    public boolean awaitHead(Duration patience) throws IOException {
        if (head == null && !records.hasNext()) {
            poll(patience);
        }
        while (head == null && records.hasNext()) {
            take(records.next());
        }
        return head != null;
    }

    private boolean poll(Duration patience) {
        if (isPositioned || seek(patience)) {
            records = consumer.poll(patience).iterator();
        }
        return records.hasNext();
    }

    /** Nothing of an epoch is older than the day before it; false while topic or broker is away. */
    private boolean seek(Duration patience) {
        long fromMs = epoch.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli() - MS_PER_DAY;
        try {
            OffsetAndTimestamp from =
                consumer.offsetsForTimes(Map.of(partition, fromMs), patience).get(partition);
            if (from == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, from.offset());
            }
            isPositioned = true;
        } catch (TimeoutException | UnknownTopicOrPartitionException e) {
            isPositioned = false;
        }
        return isPositioned;
    }

    /** Events that the topic does not hold, so far. */
    public long missing() {
        return missing;
    }

    /** Events that were there before and were passed, so far. */
    public long repeated() {
        return repeated;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
        if (!epoch.equals(InboundHeaders.epoch(record.headers()))) {
            return;
        }
        long recordBirthNs = InboundHeaders.number(record.headers(), InboundHeaders.BIRTH);
        birthNs = birthNs == 0 ? recordBirthNs : birthNs;
        if (birthNs != recordBirthNs) {
            throw new IOException("at offset " + record.offset() + " of " + record.topic()
                + " another journal of " + epoch + " begins; topics of another name keep the two"
                + " apart");
        }
        if (InboundHeaders.text(record.headers(), InboundHeaders.HEAD) != null) {
            head = head == null ? JournalHead.decode(record.value()) : head;
            return;
        }
        long version = InboundHeaders.number(record.headers(), InboundHeaders.SCHEMA_VERSION);
        if (version > ClockEncoder.SCHEMA_VERSION) {
            throw new IOException("events of schema version " + version
                + ", this build reads up to " + ClockEncoder.SCHEMA_VERSION);
        }
        long first = InboundHeaders.number(record.headers(), InboundHeaders.FIRST);
        missing += Math.max(0, first - last - 1);
        buffer.wrap(record.value());
        offset = 0;
        skipRepeated();
    }

    private void skipRepeated() {
        while (offset < buffer.capacity()) {
            event.wrap(buffer, offset + EventDescriptor.HEADER_LENGTH);
            if (event.sequence() > last) {
                return;
            }
            repeated++;
            offset += event.length();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
