// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import java.nio.file.Path;
import java.util.Locale;

/** The two queues of an epoch: what entered the chain and what the chain derived. */
public enum JournalQueue {
    INBOUND, OUTBOUND;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Name of the queue's directory, and its part in the names of counters. */
    public String label() {
        return label;
    }

    /** Directory of the queue within the directory of an epoch. */
    public Path directory(Path epochDirectory) {
        return epochDirectory.resolve(label());
    }
}
