// SPDX-License-Identifier: Apache-2.0
package io.millrace.strategy;

/** A strategy in the chain and what is known of its conduct. Owned by the chain's thread. */
final class AttachedStrategy {
    final String name;
    final Strategy strategy;
    /** From its start until it throws or is detached. */
    boolean isCalled;
    boolean isStarted;
    boolean isDetached;
    boolean isDetachRequested;
    long overrunCount;
    long worstNs;

    AttachedStrategy(String name, Strategy strategy) {
        this.name = name;
        this.strategy = strategy;
    }
}
