// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import java.time.LocalDate;
import java.util.Map;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Says of a value that a flag cannot have: which flag, which value, what it could have been. */
final class WrongValue {
    private static final Map<Class<?>, String> RANGES = Map.of(
        long.class, "a whole number such as 1000", Long.class, "a whole number such as 1000",
        int.class, "a whole number such as 10", Integer.class, "a whole number such as 10",
        Double.class, "a number such as 0.01",
        LocalDate.class, "a date of the calendar such as 2026-01-30");

    private WrongValue() {
    }

    /** One sentence; the parser's own where no value is to blame. */
    static String sentence(ParameterException problem) {
        ArgSpec argument = problem.getArgSpec();
        String range = argument == null ? null : RANGES.get(argument.type());
        if (range == null || problem.getValue() == null) {
            return problem.getMessage();
        }
        String name = argument instanceof OptionSpec option ? option.longestName()
            : argument.paramLabel();
        return name + ": '" + problem.getValue() + "' is not " + range;
    }
}
