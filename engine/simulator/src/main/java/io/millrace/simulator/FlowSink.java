// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import org.agrona.DirectBuffer;

/** Where the messages of a day go: a file, memory, the network. One thread. */
public interface FlowSink extends AutoCloseable {
    /**
     * One message; the bytes are valid during the call only.
     *
     * @param timeNs its time, ns since midnight Eastern
     */
    void onMessage(DirectBuffer buffer, int offset, int length, long timeNs);

    /** After the last message. */
    @Override
    void close();
}
