// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import java.nio.ByteBuffer;

/** Takes a saved state piece by piece, in order. One thread. */
@FunctionalInterface
public interface StateSink {
    /** Takes what stands between the buffer's position and its limit, all of it. */
    void write(ByteBuffer piece);
}
