// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.counter.EngineClock;
import io.millrace.feed.TradingDate;
import java.time.LocalDate;

/** What {@code feed.trading-date} means. Control thread. */
final class TradingDates {
    /** Stands for the date that it is in New York. */
    static final String TODAY = "today";

    private TradingDates() {
    }

    static TradingDate of(String text) {
        return text.equals(TODAY) ? TradingDate.at(new EngineClock().nanoTime())
            : TradingDate.of(LocalDate.parse(text));
    }
}
