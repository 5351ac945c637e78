// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a run says of itself, line by line, and what of that does not hold. Control thread. */
final class Claims {
    private final List<String> lines = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /** Says something that can be false. */
    void claim(String name, boolean holds, String line) {
        lines.add(String.format(Locale.ROOT, "%-11s %s: %s", name, line, holds ? "holds"
            : "DOES NOT HOLD"));
        if (!holds) {
            failures.add(name);
        }
    }

    /** Says what can only be told. */
    void tell(String name, Object line) {
        lines.add(String.format(Locale.ROOT, "%-11s %s", name, line));
    }

    List<String> lines() {
        return lines;
    }

    /** Names of the claims that do not hold. */
    List<String> failures() {
        return failures;
    }
}
