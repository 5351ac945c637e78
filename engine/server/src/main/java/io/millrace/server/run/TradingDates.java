// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConfigOptions.FEED_DATE;

import io.millrace.feed.TradingDate;
import io.millrace.server.config.Configuration;
import java.time.LocalDate;
import org.agrona.concurrent.EpochNanoClock;

/** What {@code feed.trading-date} means. Control thread. */
public final class TradingDates {
    /** Stands for the date that it is in New York. */
    static final String TODAY = "today";

    private TradingDates() {
    }

    /** The date that a configuration names. */
    public static TradingDate of(Configuration configuration, EpochNanoClock clock) {
        String text = configuration.text(FEED_DATE);
        return text.equals(TODAY) ? TradingDays.date(configuration, clock.nanoTime())
            : TradingDate.of(LocalDate.parse(text));
    }
}
