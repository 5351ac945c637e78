// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import io.millrace.codec.event.InstrumentDefinedEncoder;
import io.millrace.codec.event.OrderAddedEncoder;
import io.millrace.codec.event.OrderDeletedEncoder;
import io.millrace.codec.event.OrderExecutedEncoder;
import io.millrace.codec.event.OrderReducedEncoder;
import io.millrace.codec.event.OrderReplacedEncoder;
import io.millrace.codec.event.Side;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.engine.ThreadingMode;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalContext;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/** A day of random order flow run through a live engine with both journals. */
public final class RecordedDay {
    public static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    public static final long START_NS = 1_767_355_200_000_000_000L;
    public static final int INSTRUMENT_COUNT = 20;
    static final int FINGERPRINT_INTERVAL = 1000;

    private RecordedDay() {
    }

    /** Records so many events, engine start and stop beside; returns the epoch's directory. */
    public static Path record(Path root, ThreadingMode mode, int eventCount) {
        EngineContext options = new EngineContext().threadingMode(mode)
            .fingerprintInterval(FINGERPRINT_INTERVAL)
            .maxInstruments(64).maxOrders(1 << 16).maxVenues(2).conclude();
        Pipeline pipeline = new Pipeline(options);
        JournalHead head =
            EngineSection.write(JournalHead.of(DATE, "test", "", true, List.of()), options);
        JournalContext context = new JournalContext().minimumFreeMb(0)
            .clock(() -> START_NS + (mode.ordinal() + 1) * 1_000_000_000L)
                .counters(pipeline.counters());
        try (Journal journal = Journal.create(root, head, context)) {
            JournalWriter inbound =
                journal.writer(JournalQueue.INBOUND, pipeline.inboundRing().newGatingReader());
            JournalWriter outbound =
                journal.writer(JournalQueue.OUTBOUND, pipeline.outboundRing().newGatingReader());
            Engine engine = new Engine(pipeline).ingress(new Flow(pipeline.inbound(), eventCount))
                .reader(inbound.roleName(), inbound).reader(outbound.roleName(), outbound);
            journal.companions()
                .forEach(companion -> engine.reader(companion.roleName(), companion));
            engine.start();
            engine.awaitIngress();
            engine.close();
            return journal.directory();
        }
    }

    /** Random orders of a fixed seed. */
    private static final class Flow implements Agent {
        private final EventPublisher publisher;
        private final Random random = new Random(21);
        private final List<long[]> live = new ArrayList<>();
        private final int eventCount;
        private long timeNs = START_NS;
        private long nextOrderId = 1;
        private int published;

        Flow(EventPublisher publisher, int eventCount) {
            this.publisher = publisher;
            this.eventCount = eventCount;
            publisher.receiveTimeNs(timeNs);
        }

        @Override
        public int doWork() {
            if (published == eventCount) {
                throw new AgentTerminationException();
            }
            publish();
            published++;
            if (published % 7 == 0) {
                publisher.commit();
            }
            return 1;
        }

        @Override
        public String roleName() {
            return "flow";
        }

        private void publish() {
            timeNs += random.nextInt(2000);
            publisher.receiveTimeNs(timeNs);
            int kind = random.nextInt(100);
            if (published < INSTRUMENT_COUNT) {
                define(published + 1);
            } else if (kind < 55 || live.isEmpty()) {
                add(1 + random.nextInt(INSTRUMENT_COUNT));
            } else {
                change(kind);
            }
        }

        private int claim(int templateId, int blockLength, long instrumentId) {
            int offset = publisher.claim(templateId, blockLength);
            publisher.buffer().setMemory(offset + EventDescriptor.COMMON_LENGTH,
                blockLength - EventDescriptor.COMMON_LENGTH, (byte) 0);
            publisher.common(offset, timeNs, (int) instrumentId, 1, 1, EventFlag.LAST, published);
            return offset;
        }

        private void define(int id) {
            int offset =
                claim(InstrumentDefinedEncoder.TEMPLATE_ID, InstrumentDefinedEncoder.BLOCK_LENGTH,
                    id);
            new InstrumentDefinedEncoder().wrap(publisher.buffer(), offset).symbol("SYM" + id);
        }

        private void add(int id) {
            int offset = claim(OrderAddedEncoder.TEMPLATE_ID, OrderAddedEncoder.BLOCK_LENGTH, id);
            Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
            long price =
                (side == Side.BUY ? 90 + random.nextInt(10) : 100
                    + random.nextInt(10)) * 1_000_000_000L;
            new OrderAddedEncoder().wrap(publisher.buffer(), offset).orderId(nextOrderId)
                .price(price)
                .size((1 + random.nextInt(9)) * 100_000_000L).attribution("").side(side);
            live.add(new long[] {nextOrderId++, id});
        }

        private void change(int kind) {
            long[] order = live.remove(random.nextInt(live.size()));
            if (kind < 80) {
                int offset =
                    claim(OrderDeletedEncoder.TEMPLATE_ID, OrderDeletedEncoder.BLOCK_LENGTH,
                        order[1]);
                new OrderDeletedEncoder().wrap(publisher.buffer(), offset).orderId(order[0]);
            } else if (kind < 88) {
                int offset =
                    claim(OrderReducedEncoder.TEMPLATE_ID, OrderReducedEncoder.BLOCK_LENGTH,
                        order[1]);
                new OrderReducedEncoder().wrap(publisher.buffer(), offset).orderId(order[0])
                    .size(1_000_000L);
                live.add(order);
            } else if (kind < 94) {
                int offset =
                    claim(OrderExecutedEncoder.TEMPLATE_ID, OrderExecutedEncoder.BLOCK_LENGTH,
                        order[1]);
                new OrderExecutedEncoder().wrap(publisher.buffer(), offset).orderId(order[0])
                    .price(EventDescriptor.UNDEFINED).size(1_000_000L).tradeId(published);
            } else {
                replace(order);
            }
        }

        private void replace(long[] order) {
            int offset =
                claim(OrderReplacedEncoder.TEMPLATE_ID, OrderReplacedEncoder.BLOCK_LENGTH,
                    order[1]);
            new OrderReplacedEncoder().wrap(publisher.buffer(), offset).orderId(order[0])
                .newOrderId(nextOrderId)
                .price(95_000_000_000L).size(200_000_000L).attribution("").side(Side.UNKNOWN);
            live.add(new long[] {nextOrderId++, order[1]});
        }
    }
}
