// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

/**
 * A journal that cannot be opened, read or continued; the message names the file and the reason.
 */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message names the file and the reason */
    public JournalException(String message) {
        super(message);
    }

    JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
