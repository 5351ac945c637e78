// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.peer;

import io.millrace.benchmarks.rig.BookRounds;
import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.Options;

/** The row "decode + book" of parity-book. Options: those of {@link BookRounds}. */
public final class ParityContender implements Contender {
    private final ParityBook book = new ParityBook();
    private final BookRounds rounds;

    /** Built by the contender's process. */
    public ParityContender(Options options) {
        rounds = new BookRounds(options, book);
    }

    @Override
    public void prepare() {
        rounds.prepare();
    }

    @Override
    public void round(int index, Figures figures) {
        rounds.round(index, figures);
        figures.put("lastBbo", book.lastBbo());
    }

    @Override
    public long checksum() {
        return rounds.checksum();
    }
}
