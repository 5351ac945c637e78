// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The session that a venue is in: its name, its messages, how far it has sent them. Servers answer
 * from it. Owned by the venue's thread.
 */
final class SessionState {
    /** Bytes of a session's name. */
    static final int NAME_LENGTH = 10;

    private final String firstName;
    private final byte[] nameBytes = new byte[NAME_LENGTH];
    private final MessageStore store;
    private String name;
    private int ordinal;
    private long nextUnsent;
    private boolean isOver;

    SessionState(String firstName, MessageStore store) {
        this.firstName = firstName;
        this.store = store;
        begin();
    }

    /** Begins the first or the next session, without messages. */
    void begin() {
        ordinal++;
        name = nameOf(firstName, ordinal);
        putName(name, nameBytes);
        store.reset();
        nextUnsent = 1;
        isOver = false;
    }

    /** The name of a venue's first, second and further session. */
    static String nameOf(String firstName, int ordinal) {
        return ordinal == 1 ? firstName
            : firstName.substring(0, Math.min(NAME_LENGTH - 1, firstName.length())) + ordinal;
    }

    /** A name, padded with spaces on the right. */
    static void putName(String name, byte[] target) {
        Arrays.fill(target, (byte) ' ');
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, target, 0, ascii.length);
    }

    /** Every message before a number was sent. */
    void onSent(long next) {
        nextUnsent = next;
    }

    /** The end of the day was told. */
    void onOver() {
        isOver = true;
    }

    String name() {
        return name;
    }

    /** The name, padded with spaces on the right. */
    byte[] nameBytes() {
        return nameBytes;
    }

    int ordinal() {
        return ordinal;
    }

    MessageStore store() {
        return store;
    }

    /** Number of the first message that was not sent yet. */
    long nextUnsent() {
        return nextUnsent;
    }

    boolean isOver() {
        return isOver;
    }

    /** True when a message was sent and is still kept. */
    boolean has(long sequence) {
        return sequence >= store.first() && sequence < nextUnsent;
    }
}
