// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

/**
 * Why a journal has a hole: the field reason of JournalGap, which the schema keeps as the bare
 * number that its first version released. Immutable.
 */
public enum JournalGapReason {
    /** Something that this build does not know. */
    OTHER,
    /** A write found no space. */
    DISK_FULL,
    /** The file system had less than its minimum left. */
    SPACE_LOW;

    private static final JournalGapReason[] REASONS = values();

    /** The number in the event. */
    public short value() {
        return (short) ordinal();
    }

    /** The reason of a number in an event. */
    public static JournalGapReason of(int value) {
        return value > 0 && value < REASONS.length ? REASONS[value] : OTHER;
    }
}
