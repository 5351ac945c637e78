// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.rig;

import java.nio.file.Path;

/**
 * Rounds of a book: the books fill to their steady number of live orders first, then every round
 * applies the next part of the same flow. Options: file, chunk (messages), fill (chunks before the
 * first round), take (chunks a round).
 */
public final class BookRounds {
    private final BookUnderTest book;
    private final MessageFile messages;
    private final int fillChunks;
    private final int roundChunks;

    /** Rounds of a book that reads nothing but the chunks it is given. */
    public BookRounds(Options options, BookUnderTest book) {
        this(options, messages(options), book);
    }

    /** Rounds of a book that shares the messages. */
    public BookRounds(Options options, MessageFile messages, BookUnderTest book) {
        this.messages = messages;
        this.book = book;
        fillChunks = options.number("fill");
        roundChunks = options.number("take");
    }

    /** The messages that options name. */
    public static MessageFile messages(Options options) {
        return new MessageFile(Path.of(options.text("file")), options.number("chunk"));
    }

    /** Fills the books. */
    public void prepare() {
        for (int i = 0; i < fillChunks; i++) {
            book.apply(messages.chunk(i));
        }
    }

    /** Applies the round's part of the flow. */
    public void round(int index, Figures figures) {
        int first = fillChunks + index * roundChunks;
        long startNs = System.nanoTime();
        for (int i = first; i < first + roundChunks; i++) {
            book.apply(messages.chunk(i));
        }
        figures.speed((long) roundChunks * messages.chunkMessages(), System.nanoTime() - startNs);
    }

    /** Checksum of the books. */
    public long checksum() {
        return book.checksum();
    }
}
