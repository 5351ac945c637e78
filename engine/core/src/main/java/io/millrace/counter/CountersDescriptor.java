// SPDX-License-Identifier: Apache-2.0
package io.millrace.counter;

import org.agrona.concurrent.status.CountersReader;

/**
 * Layout of the memory that holds counters and errors. All fields are little-endian.
 *
 * <pre>
 *  +0       +4        +8     +16            +24        +32     +128         +METADATA      +VALUES
 *  | magic  | version | pid  | startTimeMs  | lengths  | zero  | labels     | values       | distinct errors |
 * </pre>
 */
final class CountersDescriptor {
    /** Most counters of one engine. */
    static final int MAX_COUNTERS = 1024;
    static final int METADATA_LENGTH = MAX_COUNTERS * CountersReader.METADATA_LENGTH;
    static final int VALUES_LENGTH = MAX_COUNTERS * CountersReader.COUNTER_LENGTH;
    static final int ERROR_LOG_LENGTH = 1 << 20;

    private CountersDescriptor() {
    }
}
