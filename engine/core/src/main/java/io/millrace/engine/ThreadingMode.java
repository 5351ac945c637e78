// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

/** On which threads the agents of one engine run. The same code runs in every mode. */
public enum ThreadingMode {
    /**
     * All on the caller's thread, whenever it publishes into a full ring or calls
     * {@link Engine#drain()}.
     */
    INVOKER,
    /** All on one thread of the engine's own. */
    SHARED,
    /** Ingress, chain and every reader on a thread of their own. */
    DEDICATED
}
