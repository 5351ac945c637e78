// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.rig;

/**
 * One side of a comparison. It lives in a process of its own and is told to run one round after
 * another, so that all sides are warm and their rounds interleave. Called by the process' main
 * thread, which is pinned to a core.
 */
public interface Contender extends AutoCloseable {
    /** Brings everything to the state the first round starts from; not timed. */
    void prepare();

    /**
     * Runs one round and notes what it measured. Rounds of equal index do equal work in all
     * contenders.
     */
    void round(int index, Figures figures);

    /**
     * Checksum of the state reached: equal for all contenders of a row that ran the same rounds.
     */
    long checksum();

    /** Gives back what the rounds left on disk. */
    @Override
    default void close() {
    }
}
