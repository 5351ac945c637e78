// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recovery;

/** Asks the request servers of a channel in the way of its protocol. */
public interface RequestSender {
    /** Number of servers that can be asked. */
    int servers();

    /**
     * Asks for messages again; the answer comes to the session later, or never.
     *
     * @param server 0 to servers() - 1
     * @return false when the request could not be sent
     */
    boolean request(int server, long first, int count);
}
