// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bytes that the calling thread allocated from one call to the next. Used by one thread. */
final class AllocationMeter {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long beganBytes = -1;
    private long allocatedBytes = -1;

    void begin() {
        if (beganBytes < 0) {
            beganBytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        }
    }

    void end() {
        if (beganBytes >= 0) {
            allocatedBytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId())
                - beganBytes;
        }
    }

    /** -1 when nothing was measured. */
    long allocatedBytes() {
        return allocatedBytes;
    }
}
