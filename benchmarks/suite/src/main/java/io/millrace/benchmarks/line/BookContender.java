// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.line;

import io.millrace.benchmarks.rig.BookRounds;
import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.MessageFile;
import io.millrace.benchmarks.rig.Options;

/**
 * The row "decode + book" of Millrace. Options: those of {@link BookRounds}, live (orders),
 * symbols.
 */
public final class BookContender implements Contender {
    private final BookRounds rounds;

    /** Built by the contender's process. */
    public BookContender(Options options) {
        MessageFile messages = BookRounds.messages(options);
        rounds = new BookRounds(options, messages, new InlineBook(messages,
            InlineBook.context(options.number("symbols"), options.number("live"))));
    }

    @Override
    public void prepare() {
        rounds.prepare();
    }

    @Override
    public void round(int index, Figures figures) {
        rounds.round(index, figures);
    }

    @Override
    public long checksum() {
        return rounds.checksum();
    }
}
