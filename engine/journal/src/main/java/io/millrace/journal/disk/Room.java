// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.disk;

import java.io.IOException;
import java.util.Locale;

/** Whether a file of the journal can take more, and what it is that keeps it from it. */
public enum Room {
    /** There is room. */
    ENOUGH,
    /** The file system has less than {@code journal.minimum-free-mb}. */
    LOW,
    /** A write found no space, or the quota used up. */
    FULL,
    /** The file is no longer where it was made. */
    GONE,
    /** The device or the file system failed otherwise. */
    BROKEN;

    /** What a failed write tells; the kernel's reason comes as text only. */
    public static Room of(IOException failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("quota") ? FULL : BROKEN;
    }
}
