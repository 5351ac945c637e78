// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

/** An invariant that did not hold. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String invariant;
    private final String expected;
    private final String found;

    Violation(String invariant, String expected, String found) {
        super(invariant + ": expected " + expected + ", found " + found);
        this.invariant = invariant;
        this.expected = expected;
        this.found = found;
    }

    /** What of it: invariant. */
    public String invariant() {
        return invariant;
    }

    /** What of it: expected. */
    public String expected() {
        return expected;
    }

    /** What of it: found. */
    public String found() {
        return found;
    }
}
