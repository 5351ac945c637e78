// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.exchangecore;

import io.millrace.benchmarks.rig.BookRounds;
import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.Options;

/**
 * The row "decode + book" of exchange-core. Options: those of {@link BookRounds}, and live
 * (orders).
 */
public final class ExchangeCoreContender implements Contender {
    private final BookRounds rounds;

    /** Built by the contender's process. */
    public ExchangeCoreContender(Options options) {
        rounds = new BookRounds(options, new ExchangeCoreBook(options.number("live")));
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
