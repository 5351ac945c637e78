// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.iex;

/** Which of the two feeds an IEX venue sends. */
public enum IexFeed {
    /** Best bid and offer. */
    TOPS,
    /** Every price level, in whole updates. */
    DEEP
}
