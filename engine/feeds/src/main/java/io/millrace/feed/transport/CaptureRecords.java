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

    /** Name of the interface that captured the record, empty when the format has none. */
    default String interfaceName() {
        return "";
    }

    /** Name of an interface by its place in the section, empty when there is none. */
    default String interfaceName(int index) {
        return "";
    }

    /** Description of the record's interface, empty when there is none. */
    default String interfaceDescription() {
        return "";
    }

    /** Packets of that interface, just before this one, that the capture has lost. */
    default long lostBefore() {
        return 0;
    }

    /** True when somebody wrote a remark on the record. */
    default boolean hasComment() {
        return false;
    }

    /** Bytes of the file, once it has ended, that made whole records. */
    long wholeLength();

    /** Why the records ended before the file or in the middle of a record, or null. */
    String problem();
}
