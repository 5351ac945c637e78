// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.journal.disk.Room;
import org.agrona.concurrent.UnsafeBuffer;

/** The file that a journal writer appends its excerpts to. Owned by the writer's thread. */
interface ExcerptFile {
    /**
     * Where the next excerpt is built, its 16 bytes of head first; what is left behind its end does
     * no harm. Asked for after {@link #room()}.
     */
    UnsafeBuffer buffer();

    /** Writes the head of the excerpt that was built, then appends it. */
    void append(int length, int count, long firstSequence);

    /** Whether the next append finds room; makes its pages ready. */
    Room room();

    /** Forces what was appended to the device. */
    void force();

    /** Byte offset behind the last append, 0 before the first. */
    long position();
}
