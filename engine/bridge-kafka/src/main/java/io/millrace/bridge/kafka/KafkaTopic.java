// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.kafka;

import java.util.Locale;

/** The topics of this bridge, under the names that users expect. */
public enum KafkaTopic {
    RAW_QUOTES("raw_quotes",
        "Quotes as venues send them, and the best bid and offer of each venue's book."),
    PROCESSED_QUOTES("processed_quotes",
        "Best bid and offer across venues; of single venues as long as nobody consolidates them."),
    MARKET_TICKS("market-ticks", "Trades."),
    MARKET_TICKS_ALIAS("market.ticks", "Trades once more, under their other name."),
    MARKET_L1("market-l1", "Best bid and offer."),
    MARKET_L2("market-l2", "Sizes at prices."),
    INBOUND("millrace.inbound",
        "All events inbound in their order, as SBE in batches, in one partition."),
    LATEST("millrace.latest", "The newest quote of each security, compacted."),
    CHECKPOINTS("millrace.checkpoints",
        "How far each bridge has come, in the transaction of what it sent; compacted.");

    private final String defaultName;
    private final String about;

    KafkaTopic(String defaultName, String about) {
        this.defaultName = defaultName;
        this.about = about;
    }

    /** Name unless it is configured otherwise. */
    public String defaultName() {
        return defaultName;
    }

    /** What it holds, in a sentence. */
    public String about() {
        return about;
    }

    /** The topic in the keys of options: {@code raw-quotes}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isOnePartition() {
        return this == INBOUND || this == CHECKPOINTS;
    }

    boolean isCompacted() {
        return this == LATEST || this == CHECKPOINTS;
    }
}
