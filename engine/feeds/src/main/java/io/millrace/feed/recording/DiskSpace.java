// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recording;

import java.io.IOException;

/** Tells how much room a recording has. Recorder's thread. */
@FunctionalInterface
interface DiskSpace {
    /** Bytes that are free now. */
    long freeLength() throws IOException;
}
