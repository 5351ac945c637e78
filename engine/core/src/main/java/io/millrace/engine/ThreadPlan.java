// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import java.util.BitSet;

/**
 * Where one thread is to run and how it waits.
 *
 * @param role    name of the thread
 * @param cpus    cpus that it is pinned to, empty when it is not pinned
 * @param waiting what it does when there is nothing to do
 */
public record ThreadPlan(String role, BitSet cpus, Waiting waiting) {
}
