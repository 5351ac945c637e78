// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.rig;

/**
 * What a peer's order book is told: the order messages of ITCH 5.0 in wire units. A replace is a
 * delete and an add. Called by one thread.
 */
public interface OrderFlow {
    /** A security is announced, perhaps again. */
    void security(int locate);

    /** An order enters the book. */
    void add(int locate, long orderId, boolean isBuy, long shares, long price);

    /** An order loses shares by execution or cancel; with the last share it leaves the book. */
    void reduce(int locate, long orderId, boolean isBuy, long shares);

    /** An order leaves the book. */
    void delete(int locate, long orderId, boolean isBuy);
}
