// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge;

/**
 * Who knows the newest values of a security; whoever knows engine and stores implements it. Asked
 * by several threads at once, and may take its time.
 */
public interface QuoteSource {
    /** What it knows of a security. */
    Reply find(String symbol);

    /**
     * What it knows.
     *
     * @param isFound false when nobody who was asked has the security
     * @param json    the values, or the reason
     */
    record Reply(boolean isFound, String json) {
    }
}
