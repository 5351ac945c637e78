// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.millrace.edge.QuoteSource.Outcome;
import io.millrace.edge.QuoteSource.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QuoteRequestsTest {
    private static final int ROOM = QuoteRequests.THREADS + QuoteRequests.WAITING;

    private final CountDownLatch isFree = new CountDownLatch(1);
    private final List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private final QuoteRequests requests = new QuoteRequests(this::find, failures::add);

    private Reply find(String symbol) {
        try {
            isFree.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Reply(Outcome.FOUND, symbol);
    }

    private void fill() {
        for (int i = 0; i < ROOM; i++) {
            requests.ask("A", answers::add);
        }
        assertEquals(List.of(), answers);
    }

    @Test
    void shouldSayComeAgainWhenTooManyAskAtOnce() {
        fill();
        requests.ask("B", answers::add);
        assertEquals(1, answers.size());
        assertSame(QuoteRequests.BUSY, answers.get(0));
        isFree.countDown();
        while (answers.size() < ROOM + 1) {
            Thread.onSpinWait();
        }
        requests.close();
        assertEquals(ROOM, answers.stream().filter(answer -> answer.code() == Answer.OK).count());
        assertEquals(List.of(), failures);
    }

    @Test
    void shouldAnswerEverybodyWhenItCloses() {
        fill();
        requests.close();
        assertEquals(ROOM, answers.size());
        assertEquals(QuoteRequests.WAITING,
            answers.stream().filter(answer -> answer == QuoteRequests.BUSY).count());
        requests.ask("B", answers::add);
        assertSame(QuoteRequests.BUSY, answers.get(ROOM));
    }

    @Test
    void shouldTellWhatIsAtHandThoughAllThreadsWait() {
        QuoteRequests both = new QuoteRequests(new QuoteSource() {
            @Override
            public Reply findAtHand(String symbol) {
                return symbol.equals("B") ? new Reply(Outcome.FOUND, symbol) : null;
            }

            @Override
            public Reply find(String symbol) {
                return QuoteRequestsTest.this.find(symbol);
            }
        }, failures::add);
        for (int i = 0; i < ROOM; i++) {
            both.ask("A", answers::add);
        }
        both.ask("B", answers::add);
        assertEquals(List.of(Answer.OK), answers.stream().map(Answer::code).toList());
        isFree.countDown();
        both.close();
        assertEquals(List.of(), failures);
    }
}
