// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Before the test method, replays a journal through the chain on the test's own thread and at full
 * speed, with the strategies that the test instance has: itself if it is one, and its fields whose
 * type is one, by name. What a strategy throws fails the test. The method may take a
 * {@link ReplayResult}, a MarketView that shows the market after the last event, and an
 * EpochNanoClock that tells chain time. The books have the sizes that the journal recorded.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ReplayExtension.class)
public @interface ReplayJournal {
    /** Directory of the epoch, relative to the working directory unless absolute. */
    String value();

    /**
     * Time from which strategies are called; events before it build the state without them.
     * Either an instant (2026-01-05T14:30:00Z) or a time in New York on the journal's trading
     * date (09:30).
     */
    String from() default "";

    /** Time after which the replay ends, inclusive; written like {@link #from()}. */
    String to() default "";

    /** Symbols whose events are replayed; all when empty. Market-wide events always are. */
    String[] symbols() default {};
}
