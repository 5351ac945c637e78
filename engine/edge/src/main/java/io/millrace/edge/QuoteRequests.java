// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge;

import io.millrace.edge.QuoteSource.Reply;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;

/**
 * Questions for quotes on their way to a source. What it has at hand is told at once; for all else
 * they leave the event loop, which must not wait: a few threads, and a few questions that wait for
 * one; beyond, the answer is to come again. Asked by the event loop, closed by the control thread.
 */
final class QuoteRequests implements AutoCloseable {
    static final int THREADS = 4;
    static final int WAITING = 64;
    static final Answer BUSY = Answer.plain(Answer.UNAVAILABLE,
        "too many questions for quotes at once; ask again in a second");

    private static final int IDLE_SECONDS = 10;
    private static final int CLOSE_SECONDS = 10;

    private final QuoteSource source;
    private final ErrorHandler errors;
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(THREADS, THREADS,
        IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), QuoteRequests::thread);

    /** @param errors hears what a source throws */
    QuoteRequests(QuoteSource source, ErrorHandler errors) {
        this.source = source;
        this.errors = errors;
        executor.allowCoreThreadTimeOut(true);
    }

    /** One of them. */
    private final class Question implements Runnable {
        private final String symbol;
        private final Consumer<Answer> answers;

        Question(String symbol, Consumer<Answer> answers) {
            this.symbol = symbol;
            this.answers = answers;
        }

        @Override
        public void run() {
            answers.accept(answer(() -> source.find(symbol)));
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "edge-quotes");
        thread.setDaemon(true);
        return thread;
    }

    /** Gives the answer on any thread, now or later. */
    void ask(String symbol, Consumer<Answer> answers) {
        Answer atHand = answer(() -> source.findAtHand(symbol));
        if (atHand != null) {
            answers.accept(atHand);
            return;
        }
        try {
            executor.execute(new Question(symbol, answers));
        } catch (RejectedExecutionException e) {
            answers.accept(BUSY);
        }
    }

    private Answer answer(Supplier<Reply> question) {
        try {
            Reply reply = question.get();
            return reply == null ? null : reply.answer();
        } catch (RuntimeException failure) {
            errors.onError(failure);
            return Answer.plain(Answer.FAILED, "the question failed; see the error log");
        }
    }

    /** Returns once nobody asks the source any more. */
    @Override
    public void close() {
        for (Runnable waiting : executor.shutdownNow()) {
            ((Question) waiting).answers.accept(BUSY);
        }
        try {
            executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
