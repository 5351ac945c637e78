// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.compare;

import io.millrace.journal.JournalQueue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One queue of two journals, event by event. Used by one thread, once. */
final class QueueCompare implements AutoCloseable {
    private final JournalQueue queue;
    private final EventEquality equality;
    private final List<Border> causes;
    private final QueueCursor first;
    private final QueueCursor second;
    private final Realignment realignment;
    private final List<Border> borders = new ArrayList<>();
    private long equalCount;
    private boolean isDifferent;

    /** @param causes where the inbound queues part, when this is the outbound one */
    QueueCompare(Path first, Path second, JournalQueue queue, EventEquality equality,
        List<Border> causes) {
        this.queue = queue;
        this.equality = equality;
        this.causes = causes;
        this.first = new QueueCursor(first, queue);
        this.second = new QueueCursor(second, queue);
        realignment = new Realignment(equality);
    }

    Comparison run() {
        first.next();
        second.next();
        while (step()) {
            equalCount++;
            first.next();
            second.next();
        }
        return new Comparison(queue, equalCount, List.copyOf(borders), first.side(isDifferent),
            second.side(isDifferent));
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }

    /** Moves to the next pair of equal events; false when there is none, or a difference. */
    private boolean step() {
        leaveOut();
        if (isPairEqual()) {
            return true;
        }
        if (!first.hasEvent() && !second.hasEvent()) {
            return false;
        }
        isDifferent = !(mayPart(first) || mayPart(second)) || !cross();
        return !isDifferent;
    }

    /** Behind a start one engine's clock and lines have other things to tell than the other's. */
    private boolean mayPart(QueueCursor cursor) {
        return cursor.isAtBorder()
            || !borders.isEmpty() && cursor.hasEvent() && !cursor.isData();
    }

    private boolean isPairEqual() {
        if (!first.hasEvent() || !second.hasEvent()) {
            return false;
        }
        return isBehindBorder() ? equality.isEqualButForNumbers(first.event(), second.event())
            : equality.isEqual(first.event(), second.event());
    }

    private boolean cross() {
        boolean isHole = first.isBehindHole() || second.isBehindHole();
        long firstFrom = first.sequence();
        long secondFrom = second.sequence();
        if (!realignment.align(first, second)) {
            return false;
        }
        borders.add(new Border(isHole, first.since(firstFrom), second.since(secondFrom)));
        return true;
    }

    private void leaveOut() {
        leaveOut(first, Border::first);
        leaveOut(second, Border::second);
    }

    private void leaveOut(QueueCursor cursor, Function<Border, Border.Part> part) {
        while (cursor.hasEvent() && cursor.event().isDerived()
            && (isBehindBorder() && cursor.isFingerprint()
            || causes.stream().anyMatch(border ->
                part.apply(border).has(cursor.event().originSequence())))) {
            cursor.leaveOut();
        }
    }

    private boolean isBehindBorder() {
        return !borders.isEmpty() || !causes.isEmpty()
            && (isBehind(first, causes.get(0).first()) || isBehind(second, causes.get(0).second()));
    }

    private static boolean isBehind(QueueCursor cursor, Border.Part part) {
        return cursor.hasEvent() && cursor.event().originSequence() >= part.from();
    }
}
