// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.rig;

import java.nio.ByteBuffer;

/** All order books of one contender, fed with wire bytes. One thread. */
public interface BookUnderTest {
    /** Applies all messages of a chunk. */
    void apply(ByteBuffer chunk);

    /** Checksum over price and shares of every level of every book. */
    long checksum();
}
