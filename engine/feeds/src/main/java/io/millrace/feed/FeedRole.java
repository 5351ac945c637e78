// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

/**
 * What of a venue a feed gives: of all feeds of one venue exactly one gives books and exactly one
 * gives trades, so that nothing is consolidated twice. What else a venue tells comes with its
 * books.
 */
public enum FeedRole {
    /** Books and trades. */
    BOTH,
    /** Books, and all but trades. */
    BOOK,
    /** Trades alone. */
    TRADES,
    /** Nothing: its messages are read and counted only. */
    NONE;

    /** True when the books of the venue come by this feed. */
    public boolean givesBooks() {
        return this == BOTH || this == BOOK;
    }

    /** True when the trades of the venue come by this feed. */
    public boolean givesTrades() {
        return this == BOTH || this == TRADES;
    }
}
