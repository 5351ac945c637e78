// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge;

/**
 * Who knows the newest values of a security; whoever knows engine and stores implements it. Asked
 * by several threads at once, and may take its time.
 */
public interface QuoteSource {
    /**
     * What it knows of a security without waiting, or null when it has to ask further. On the event
     * loop.
     */
    default Reply findAtHand(String symbol) {
        return null;
    }

    /** What it knows of a security. */
    Reply find(String symbol);

    /** How a question ends. */
    enum Outcome {
        /** With values. */
        FOUND(Answer.OK),
        /** Without: nobody has the security, or it is not looked for further. */
        NOT_FOUND(Answer.NOT_FOUND),
        /** Without any, while somebody who may have it is away. */
        AWAY(Answer.UNAVAILABLE);

        private final int code;

        Outcome(int code) {
            this.code = code;
        }
    }

    /**
     * What it knows.
     *
     * @param outcome which status of HTTP it gets
     * @param json    the values, or the reason
     */
    record Reply(Outcome outcome, String json) {
        Answer answer() {
            return Answer.momentary(outcome.code, "application/json", json);
        }
    }
}
