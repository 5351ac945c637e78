// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.line;

import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.Options;
import io.millrace.codec.event.OrderAddedEncoder;
import io.millrace.codec.event.Side;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The row "book memory": books of 10,000 instruments on some venues with live orders spread evenly
 * over both sides of 25 prices. Off-heap is what the pipeline's construction and filling added to
 * the process outside its heap, rings and all. Options: venues, live (orders).
 */
public final class BookMemoryContender implements Contender {
    private static final int INSTRUMENTS = 10_000;
    private static final int PRICES = 25;
    private static final long CENT = 10_000_000L;
    private static final long HUNDRED_SHARES = 100_000_000L;
    private static final long MEGABYTE = 1_000_000L;

    private final int venues;
    private final int liveOrders;
    private long levels;

    /** Built by the contender's process. */
    public BookMemoryContender(Options options) {
        venues = options.number("venues");
        liveOrders = options.number("live");
    }

    @Override
    public void prepare() {
        new OrderAddedEncoder();
    }

    @Override
    public void round(int index, Figures figures) {
        long directBefore = directBytes();
        long residentBefore = residentBytes();
        Engine engine = new Engine(new Pipeline(new EngineContext().maxInstruments(INSTRUMENTS)
            .maxVenues(venues).maxOrders(liveOrders).conclude()));
        engine.start();
        fill(engine.pipeline().inbound());
        engine.drain();
        System.gc();
        count(engine);
        figures.put("offHeapMb", (directBytes() - directBefore) / (double) MEGABYTE)
            .put("residentMb", (residentBytes() - residentBefore) / (double) MEGABYTE)
            .put("levels", levels);
    }

    @Override
    public long checksum() {
        return levels;
    }

    private void fill(EventPublisher publisher) {
        OrderAddedEncoder order = new OrderAddedEncoder();
        for (int i = 0; i < liveOrders; i++) {
            int instrumentId = 1 + i % INSTRUMENTS;
            int venueId = 1 + i / INSTRUMENTS % venues;
            int place = i / INSTRUMENTS / venues;
            boolean isBid = (place & 1) == 0;
            long distance = (1 + place / 2 % PRICES) * CENT;
            int offset = publisher.claim(OrderAddedEncoder.TEMPLATE_ID,
                OrderAddedEncoder.BLOCK_LENGTH);
            publisher.common(offset, i, instrumentId, venueId, 1, EventFlag.LAST, i);
            order.wrap(publisher.buffer(), offset).orderId(i + 1L)
                .price(isBid ? 1_000 * CENT - distance : 1_000 * CENT + distance)
                .size(HUNDRED_SHARES).side(isBid ? Side.BUY : Side.SELL);
        }
        publisher.commit();
    }

    private void count(Engine engine) {
        levels = 0;
        for (int instrumentId = 1; instrumentId <= INSTRUMENTS; instrumentId++) {
            for (int venueId = 1; venueId <= venues; venueId++) {
                levels += engine.pipeline().market().book(instrumentId, venueId).bidLevelCount()
                    + engine.pipeline().market().book(instrumentId, venueId).askLevelCount();
            }
        }
        if (levels == 0) {
            throw new IllegalStateException("the books are empty");
        }
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    }

    private static long residentBytes() {
        try {
            String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
            return Long.parseLong(pages[1]) * 4_096;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
