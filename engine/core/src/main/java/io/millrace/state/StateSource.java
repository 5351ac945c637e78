// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import java.nio.ByteBuffer;

/** Gives a saved state back piece by piece, in order. One thread. */
@FunctionalInterface
public interface StateSource {
    /** Fills what is left of the buffer as far as there is something; nothing added is the end. */
    void read(ByteBuffer piece);
}
