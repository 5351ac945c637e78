// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

import io.millrace.event.EventView;
import io.millrace.journal.Damage;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

/**
 * The queues of one epoch after the other under a root, each from a position on. An epoch ends
 * when a later one has begun and nothing more is to be read of it. What the journal lacks is
 * counted and passed. Owned by the bridge's thread.
 */
final class EpochTails implements AutoCloseable {
    /** Orders whose executions have a price. */
    private static final int ORDERS = 2_000_000;

    private final Path root;
    private final Set<JournalQueue> queues;
    private final BridgeCounters counters;
    private final ErrorHandler alert;
    private final SymbolDirectory symbols;
    private final OrderPrices orders = new OrderPrices(ORDERS);
    private final BestQuotes bestQuotes = new BestQuotes();
    private final Map<JournalQueue, JournalTail> tails = new EnumMap<>(JournalQueue.class);
    private final Map<JournalQueue, Boolean> pending = new EnumMap<>(JournalQueue.class);
    private Position position;

    EpochTails(Path root, Set<JournalQueue> queues, BridgeCounters counters, ErrorHandler alert,
        SymbolDirectory symbols) {
        this.root = root;
        this.queues = queues;
        this.counters = counters;
        this.alert = alert;
        this.symbols = symbols;
    }

    /**
     * Opens the epoch of a position, or the earliest one there is for none.
     *
     * @return false as long as there is no such journal with an event in it
     */
    boolean open(Position wanted) {
        close();
        LocalDate epoch = wanted == null ? first(LocalDate.MIN) : first(wanted.epoch());
        if (epoch == null) {
            return false;
        }
        Path directory = Journal.directory(root, epoch);
        long birthNs = birthNs(directory);
        if (birthNs == 0) {
            return false;
        }
        if (wanted != null && !wanted.epoch().equals(epoch)) {
            counters.epochsMissed.increment();
            alert.onError(new JournalException("the journal of " + wanted.epoch()
                + " is gone; what a bridge had not read of it is lost to it"));
        }
        begin(resumed(wanted, epoch, birthNs), directory);
        return true;
    }

    private Position resumed(Position wanted, LocalDate epoch, long birthNs) {
        if (wanted == null || !wanted.epoch().equals(epoch)) {
            return Position.begin(epoch, birthNs);
        }
        if (wanted.birthNs() != birthNs) {
            counters.journalsReplaced.increment();
            alert.onError(new JournalException("another journal of " + epoch
                + " took the place of the one that a bridge had read; it is read from its start"));
            return Position.begin(epoch, birthNs);
        }
        return wanted;
    }

    private void begin(Position from, Path directory) {
        position = from;
        symbols.open(directory);
        orders.clear();
        bestQuotes.clear();
        for (JournalQueue queue : queues) {
            if (from.sequence(queue) > 0) {
                learn(directory, queue, from.sequence(queue));
            }
            JournalTail tail = JournalTail.following(directory, queue)
                .damageListener(this::onDamage);
            if (from.sequence(queue) > 0) {
                tail.seekSequence(from.sequence(queue) + 1);
            }
            tails.put(queue, tail);
            pending.put(queue, false);
        }
    }

    /** What was displayed or quoted at a position is known again only from what led to it. */
    private void learn(Path directory, JournalQueue queue, long last) {
        try (JournalTail tail = JournalTail.verified(directory, queue)) {
            tail.damageListener(damage -> { });
            while (tail.next() && tail.event().sequence() <= last) {
                learn(queue, tail.event());
            }
        }
    }

    /** True when the event is its security's best bid and offer. */
    private boolean learn(JournalQueue queue, EventView event) {
        if (queue == JournalQueue.INBOUND) {
            orders.onEvent(event);
        }
        return bestQuotes.onEvent(event);
    }

    boolean isOpen() {
        return position != null;
    }

    /** Behind the last event read. */
    Position position() {
        return position;
    }

    /**
     * Adds what there is to a batch, at first to each queue's share.
     *
     * @param limit no event behind it is taken, or null
     * @return number of events
     */
    int read(EventBatch batch, Position limit) {
        int before = batch.count();
        int share = Math.max(1, (batch.capacity() - before) / queues.size());
        for (JournalQueue queue : queues) {
            read(queue, batch, limit, share);
        }
        for (JournalQueue queue : queues) {
            read(queue, batch, limit, Integer.MAX_VALUE);
        }
        position = batch.to();
        return batch.count() - before;
    }

    private void read(JournalQueue queue, EventBatch batch, Position limit, int most) {
        long last = limit == null ? Long.MAX_VALUE : limit.sequence(queue);
        for (int i = 0; i < most && !batch.isFull() && isAvailable(queue); i++) {
            EventView event = tails.get(queue).event();
            if (event.sequence() > last) {
                batch.pass(batch.to().with(queue, last));
                return;
            }
            pending.put(queue, false);
            if (event.sequence() > batch.lastSequence(queue)) {
                boolean isBestQuote = learn(queue, event);
                batch.add(queue, event, orders, isBestQuote);
            }
        }
    }

    private boolean isAvailable(JournalQueue queue) {
        if (!pending.get(queue)) {
            pending.put(queue, tails.get(queue).next());
        }
        return pending.get(queue);
    }

    /** The first of some epochs that holds an event, or null. */
    LocalDate next(List<LocalDate> later) {
        return later.stream().filter(date -> birthNs(Journal.directory(root, date)) != 0)
            .findFirst().orElse(null);
    }

    /** Goes on with an epoch that {@link #next} named. */
    void advance(LocalDate epoch) {
        Path directory = Journal.directory(root, epoch);
        close();
        begin(Position.begin(epoch, birthNs(directory)), directory);
    }

    /** Where reading would begin, or null as long as there is no journal. */
    Position start(Position wanted) {
        LocalDate epoch = first(wanted == null ? LocalDate.MIN : wanted.epoch());
        return epoch == null || wanted != null && wanted.epoch().equals(epoch) ? wanted
            : Position.begin(epoch, 0);
    }

    /** Epochs behind a position's, earliest first. */
    List<LocalDate> later(Position behind) {
        List<LocalDate> later = new ArrayList<>(Journal.list(root));
        later.removeIf(date -> !date.isAfter(behind.epoch()));
        return later;
    }

    private LocalDate first(LocalDate from) {
        return Journal.list(root).stream().filter(date -> !date.isBefore(from)).findFirst()
            .orElse(null);
    }

    /** Receive time of the first event inbound, 0 when there is none yet. */
    private static long birthNs(Path directory) {
        try (JournalTail tail = JournalTail.following(directory, JournalQueue.INBOUND)) {
            return tail.damageListener(damage -> { }).next() ? tail.event().receiveTimeNs() : 0;
        }
    }

    private void onDamage(Damage damage) {
        if (damage.isEventHit()) {
            counters.holes.getAndAddRelease(damage.toSequence() - damage.fromSequence() + 1);
        }
        alert.onError(new JournalException(damage.toString()));
    }

    @Override
    public void close() {
        CloseHelper.closeAll(tails.values());
        tails.clear();
        pending.clear();
        symbols.close();
        position = null;
    }
}
