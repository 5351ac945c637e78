// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.disk;

import io.millrace.benchmarks.rig.Options;

/** How many records the rows about reading a journal have. */
final class RecordFlow {
    private RecordFlow() {
    }

    /** Events of the journal: option count, rounded down to a multiple of the images. */
    static long count(Options options) {
        return (long) options.number("count") / EventImages.COUNT * EventImages.COUNT;
    }
}
