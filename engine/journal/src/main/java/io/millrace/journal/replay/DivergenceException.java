// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

/** What a chain derives now is not what the journal says it derived; the message says where. */
public final class DivergenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergenceException(String message) {
        super(message);
    }
}
