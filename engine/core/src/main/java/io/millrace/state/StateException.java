// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

/** Why a saved state cannot be taken over, or why a state cannot be saved. */
public final class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason what is wrong with which part */
    public StateException(String reason) {
        super(reason);
    }

    /**
     * @param reason what is wrong with which part
     * @param cause  what found it
     */
    public StateException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
