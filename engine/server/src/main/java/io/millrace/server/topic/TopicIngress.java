// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.topic;

import static io.millrace.event.EventDescriptor.HEADER_LENGTH;

import io.millrace.bridge.kafka.InboundTopic;
import io.millrace.codec.event.SessionEventDecoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventView;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/**
 * Copies the events of a topic as they stand into the ring of an engine, until the engine that
 * sent them has said that it stopped, and nothing follows. Owned by the ingress thread; the counts
 * are anybody's.
 */
final class TopicIngress implements Agent {
    private static final int BATCH_LIMIT = 256;
    /** Behind the end of a run there may be another run of the same trading date. */
    private static final long QUIET_NS = 2_000_000_000L;
    private static final Duration PATIENCE = Duration.ofMillis(20);

    private final InboundTopic topic;
    private final EventPublisher target;
    private final SessionEventDecoder session = new SessionEventDecoder();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong missing = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private long endedNs;

    TopicIngress(InboundTopic topic, EventPublisher target) {
        this.topic = topic;
        this.target = target;
    }

    @Override
    public int doWork() throws IOException {
        int count = 0;
        while (count < BATCH_LIMIT && topic.next(count == 0 ? PATIENCE : Duration.ZERO)) {
            EventView event = topic.event();
            target.copy(event.buffer(), event.offset() - HEADER_LENGTH, event.length());
            endedNs = isEnd(event) ? System.nanoTime() : 0;
            count++;
        }
        if (count > 0) {
            target.commit();
            taken.lazySet(taken.get() + count);
            missing.lazySet(topic.missing());
            repeated.lazySet(topic.repeated());
        } else if (endedNs != 0 && System.nanoTime() - endedNs > QUIET_NS) {
            isOver.set(true);
            throw new AgentTerminationException();
        }
        return count;
    }

    private boolean isEnd(EventView event) {
        if (event.templateId() != SessionEventDecoder.TEMPLATE_ID) {
            return false;
        }
        session.wrap(event.buffer(), event.offset(), event.blockLength(),
            SessionEventDecoder.SCHEMA_VERSION);
        return session.kind() == SessionEventKind.ENGINE_STOPPED;
    }

    /** True when the sending engine's last event was taken. */
    boolean hasEnded() {
        return isOver.get();
    }

    /** Events taken. */
    long taken() {
        return taken.get();
    }

    /** Events that the topic lacks. */
    long missing() {
        return missing.get();
    }

    /** Events that were there twice and taken once. */
    long repeated() {
        return repeated.get();
    }

    @Override
    public void onClose() {
        topic.close();
    }

    @Override
    public String roleName() {
        return "topic";
    }
}
