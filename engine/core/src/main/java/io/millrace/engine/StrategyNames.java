// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.strategy.Strategy;
import java.util.List;

/** Checks the names of strategies: events carry them, so that each must fit and be the only one. */
final class StrategyNames {
    private static final String VALID = "\\p{Graph}{1,16}";

    private StrategyNames() {
    }

    /** Fills in the names in the order of the strategies. */
    static void of(List<Strategy> strategies, List<String> names) {
        names.clear();
        for (Strategy strategy : strategies) {
            String name = strategy.name().isEmpty() ? "strategy-" + (names.size() + 1)
                : strategy.name();
            if (!name.matches(VALID)) {
                throw new IllegalArgumentException("strategy name '" + name
                    + "' is not of 1 to 16 printable ASCII characters without a space");
            }
            if (names.contains(name)) {
                throw new IllegalArgumentException("two strategies have the name '" + name + "'");
            }
            names.add(name);
        }
    }
}
