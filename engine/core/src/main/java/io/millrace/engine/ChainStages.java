// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.book.BookStage;
import io.millrace.event.EventStage;
import io.millrace.event.EventView;
import io.millrace.sequence.SequenceStage;
import io.millrace.strategy.StrategyStage;

/**
 * The stages in their order, each by its own type, so that the compiler joins them into one. Owned
 * by the chain's thread.
 */
final class ChainStages implements EventStage {
    private final SequenceStage sequence;
    private final BookStage books;
    private final StrategyStage strategies;
    private final FingerprintStage fingerprint;

    ChainStages(SequenceStage sequence, BookStage books, StrategyStage strategies,
                FingerprintStage fingerprint) {
        this.sequence = sequence;
        this.books = books;
        this.strategies = strategies;
        this.fingerprint = fingerprint;
    }

    @Override
    public void onEvent(EventView event) {
        sequence.onEvent(event);
        books.onEvent(event);
        strategies.onEvent(event);
        fingerprint.onEvent(event);
    }
}
