// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

/**
 * The first violation of a rehearsal. Agents hand what is thrown in them to an error log, so that a
 * violation is kept here as well.
 */
final class Verdict {
    private Violation first;

    /** Throws, and keeps what it throws. */
    void fail(String invariant, String expected, String found) {
        if (first == null) {
            first = new Violation(invariant, expected, found);
        }
        throw first;
    }

    /** Fails unless two numbers are equal. */
    void equal(String invariant, long expected, long found) {
        if (expected != found) {
            fail(invariant, Long.toString(expected), Long.toString(found));
        }
    }

    /** Fails unless something is true. */
    void holds(String invariant, boolean isTrue, String expected, long found) {
        if (!isTrue) {
            fail(invariant, expected, Long.toString(found));
        }
    }

    /** Throws what an agent threw before. */
    void check() {
        if (first != null) {
            throw first;
        }
    }
}
