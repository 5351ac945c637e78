// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.Side;
import io.millrace.instrument.Price;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random flow with hostile steps mixed in, compared with the naive books after every step. */
class BookPropertyTest {
    private static final int STEPS = Boolean.getBoolean("millrace.full") ? 1_000_000 : 100_000;
    private static final int INSTRUMENTS = 6;
    private static final int VENUES = 3;
    private static final int BATCH = 40;
    private static final int BATCHES_PER_AUDIT = 16;
    private static final int MAX_ORDERS = 1 << 17;
    private static final long CENT = 10_000_000;
    /** Prices beyond it are not counted in ticks. */
    private static final long EDGE_OF_TICKS = (1L << 60) / CENT * CENT;

    /** One random operation; what its numbers mean depends on the kind. */
    private record Step(int kind, int instrumentId, int venueId, long orderId, long newOrderId,
        boolean isBid,
                        long price, long size) {
    }

    private final BookRig rig = new BookRig(BookRig.small().maxOrders(MAX_ORDERS));
    private final NaiveBooks naive = new NaiveBooks();
    private final Map<Integer, BookRig.Best> published = new TreeMap<>();
    private final NaiveBooks.Key[] recent = new NaiveBooks.Key[512];
    private Random random;
    private double centre = 1000;
    private long nextId = 1;
    private long applied;
    private long refused;
    private long cleared;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldEqualNaiveBooksAfterEveryStep(long seed) {
        random = new Random(seed);
        for (int step = 0, batches = 0; step < STEPS / 3; batches++) {
            List<Step> batch = new ArrayList<>();
            for (int i = random.nextInt(BATCH) + 1; i > 0; i--) {
                batch.add(publish(next()));
            }
            for (Step next : batch) {
                assertTrue(rig.step());
                boolean isApplied = apply(next);
                applied += isApplied ? 1 : 0;
                refused += isApplied ? 0 : 1;
                compare(next, step++);
            }
            if (batches % BATCHES_PER_AUDIT == 0) {
                rig.stage.checkInvariants();
            }
        }
        rig.stage.checkInvariants();
        assertEquals(applied, rig.stage.appliedCount());
        assertEquals(refused - cleared, rig.counts.total());
        assertEquals(naive.orders.size(), rig.stage.orderCount());
        assertEquals(0,
            rig.counts.of(BookRefusal.ORDERS_EXHAUSTED)
            + rig.counts.of(BookRefusal.LEVELS_EXHAUSTED));
        assertTrue(refused > STEPS / 100 && applied > STEPS / 10,
            refused + " refused, " + applied + " applied");
    }

    private Step next() {
        drift();
        NaiveBooks.Key old = recent[random.nextInt(recent.length)];
        boolean isElsewhere = old == null || random.nextInt(16) == 0;
        int instrumentId = isElsewhere ? random.nextInt(INSTRUMENTS) + 1 : old.instrumentId();
        int venueId = isElsewhere ? random.nextInt(VENUES) + 1 : old.venueId();
        long orderId = old == null ? 0 : old.orderId();
        int kind = random.nextInt(100);
        if (kind < 45) {
            return addition(kind, random.nextInt(50) == 0 ? orderId : id());
        }
        long newOrderId = random.nextInt(20) == 0 ? orderId : id();
        if (kind >= 90 && kind < 94) {
            remember(new NaiveBooks.Key(instrumentId, venueId, newOrderId));
        }
        return new Step(kind, instrumentId, venueId, orderId, newOrderId, random.nextBoolean(),
            price(), size());
    }

    private Step addition(int kind, long orderId) {
        int instrumentId = random.nextInt(INSTRUMENTS) + 1;
        int venueId = random.nextInt(VENUES) + 1;
        remember(new NaiveBooks.Key(instrumentId, venueId, orderId));
        return new Step(kind, instrumentId, venueId, orderId, 0, random.nextBoolean(), price(),
            size());
    }

    /**
     * Venues number their orders alike, so the same ids appear everywhere; now and then one is out
     * of range.
     */
    private long id() {
        int one = random.nextInt(100);
        return one == 0 ? random.nextLong() : one == 1 ? -random.nextInt(10) : one == 2 ? 0
            : nextId++ & 0xFFF;
    }

    private void remember(NaiveBooks.Key key) {
        recent[random.nextInt(recent.length)] = key;
    }

    private long price() {
        return switch (random.nextInt(200)) {
            case 0 -> Price.UNDEFINED;
            case 1 -> Long.MAX_VALUE;
            case 2 -> -random.nextInt(1000);
            case 3 -> random.nextLong();
            case 4 -> Long.MIN_VALUE + 1;
            case 8 -> EDGE_OF_TICKS + random.nextInt(3) * CENT;
            case 9 -> -EDGE_OF_TICKS - random.nextInt(3) * CENT;
            case 5 -> (long) (centre * 2 + random.nextGaussian() * 24) * CENT / 2;
            case 6, 7 -> (long) (centre + random.nextGaussian() * 400) * CENT;
            default -> (long) (centre + random.nextGaussian() * 12) * CENT;
        };
    }

    /** The market drifts, and jumps now and then, so that books move through their windows. */
    private void drift() {
        boolean isJump = random.nextInt(500) == 0;
        centre += isJump ? random.nextInt(1201) - 600 : random.nextGaussian();
        centre = Math.max(100, centre);
    }

    private long size() {
        return switch (random.nextInt(100)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> OrderSlotDescriptor.MAX_SIZE;
            case 3 -> random.nextLong();
            case 4 -> Price.UNDEFINED;
            default -> (random.nextInt(8) + 1) * 100_000_000L;
        };
    }

    private Step publish(Step step) {
        rig.venueId = step.venueId;
        int instrument = step.instrumentId;
        if (step.kind < 45) {
            rig.add(instrument, step.orderId, step.isBid ? Side.BUY : Side.SELL, step.price,
                step.size);
        } else if (step.kind < 60) {
            rig.execute(instrument, step.orderId, step.size);
        } else if (step.kind < 65) {
            rig.reduce(instrument, step.orderId, step.size);
        } else if (step.kind < 90) {
            rig.delete(instrument, step.orderId);
        } else if (step.kind < 94) {
            rig.replace(instrument, step.orderId, step.newOrderId, step.price, step.size);
        } else if (step.kind < 99) {
            rig.replace(instrument, step.orderId, step.orderId, step.price, step.size,
                step.kind == 98);
        } else if (step.price % 7 == 0) {
            rig.clear(instrument);
        } else {
            rig.add(instrument, step.orderId, Side.UNKNOWN, step.price, step.size);
        }
        return step;
    }

    private boolean apply(Step step) {
        int instrument = step.instrumentId;
        int venue = step.venueId;
        if (step.kind < 45) {
            return naive.add(instrument, venue, step.orderId, step.isBid, step.price, step.size);
        } else if (step.kind < 65) {
            return naive.reduce(instrument, venue, step.orderId, step.size);
        } else if (step.kind < 90) {
            return naive.delete(instrument, venue, step.orderId);
        } else if (step.kind < 94) {
            return naive.replace(instrument, venue, step.orderId, step.newOrderId, step.price,
                step.size);
        } else if (step.kind == 98) {
            return naive.resize(instrument, venue, step.orderId, step.price, step.size);
        } else if (step.kind < 98) {
            return naive.replace(instrument, venue, step.orderId, step.orderId, step.price,
                step.size);
        }
        if (step.price % 7 == 0) {
            naive.clear(instrument, venue);
            cleared++;
        }
        return false;
    }

    private void compare(Step step, int number) {
        NaiveBooks.Book expected = naive.book(step.instrumentId, step.venueId);
        BookView actual = rig.stage.book(step.instrumentId, step.venueId);
        assertEquals(describe(expected), describe(actual),
            () -> "after step " + number + " " + step);
        BookRig.Best best = new BookRig.Best(step.instrumentId, step.venueId,
            NaiveBooks.Book.bestPrice(expected.bids), NaiveBooks.Book.bestSize(expected.bids),
            NaiveBooks.Book.bestPrice(expected.asks), NaiveBooks.Book.bestSize(expected.asks));
        List<Object> derived = rig.derived();
        derived.removeIf(record -> record instanceof BookRig.Stale);
        int key = step.instrumentId * 100 + step.venueId;
        BookRig.Best last =
            published.getOrDefault(key, new BookRig.Best(step.instrumentId, step.venueId,
            Price.UNDEFINED, 0, Price.UNDEFINED, 0));
        assertEquals(best.equals(last) ? List.of() : List.of(best), derived,
            () -> "step " + number + " " + step);
        published.put(key, best);
    }

    private static String describe(NaiveBooks.Book book) {
        StringBuilder text = new StringBuilder();
        describe(book.bids, text.append("bids"));
        describe(book.asks, text.append(" asks"));
        return text.toString();
    }

    private static void describe(TreeMap<Long, List<NaiveBooks.Order>> side, StringBuilder text) {
        side.forEach((price, level) -> {
            text.append(' ').append(price).append(':').append(NaiveBooks.Book.total(level))
                .append('[');
            level.forEach(
                order -> text.append(order.orderId).append('x').append(order.size).append(' '));
            text.append(']');
        });
    }

    private static String describe(BookView book) {
        StringBuilder text = new StringBuilder("bids");
        for (int i = 0; i < book.bidLevelCount(); i++) {
            text.append(' ').append(book.bidPrice(i)).append(':').append(book.bidSize(i))
                .append('[');
            book.forEachBidOrder(i,
                (id, size) -> text.append(id).append('x').append(size).append(' '));
            text.append(']');
        }
        text.append(" asks");
        for (int i = 0; i < book.askLevelCount(); i++) {
            text.append(' ').append(book.askPrice(i)).append(':').append(book.askSize(i))
                .append('[');
            book.forEachAskOrder(i,
                (id, size) -> text.append(id).append('x').append(size).append(' '));
            text.append(']');
        }
        return text.toString();
    }
}
