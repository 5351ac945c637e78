// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

/** The command cannot be carried out as it was given; the message says what to give instead. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong and what to do about it */
    public UsageException(String message) {
        super(message);
    }
}
