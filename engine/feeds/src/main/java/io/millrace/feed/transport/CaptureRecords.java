// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import java.io.IOException;

/** The records of one container format, one after the other. Used by one thread. */
interface CaptureRecords {
    /**
     * Moves to the next record; false at the end, which {@link #problem()} explains unless it is a
     * clean one.
     */
    boolean next() throws IOException;

    /** Where the record stands in the window. */
    int offset();

    /** Bytes of the record that the file holds. */
    int length();

    /** Ns since the Unix epoch, UNDEFINED when the format or the record has no time. */
    long timeNs();

    /** One of {@link LinkType}; nothing when the records are messages. */
    int linkType();

    /** Bytes of the file, once it has ended, that made whole records. */
    long wholeLength();

    /** Why the records ended before the file or in the middle of a record, or null. */
    String problem();
}
