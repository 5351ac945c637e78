// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a server has opened so far: closed in the opposite order when the rest cannot be opened.
 * Control thread, at start.
 */
final class OpenedParts {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Takes a part, or null for none, and gives it back. */
    <T extends AutoCloseable> T add(T part) {
        if (part != null) {
            parts.push(part);
        }
        return part;
    }

    /** Closes the last one first; what fails then is told with what failed before. */
    void closeAfter(Throwable failure) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception another) {
                failure.addSuppressed(another);
            }
        }
    }
}
