// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.wire;

import java.net.InetSocketAddress;

/** One side of the wire rows: takes datagrams from a multicast group of the loopback. */
interface WireReceiver extends AutoCloseable {
    /** Where to send. */
    InetSocketAddress group();

    /** Starts its threads. */
    void start();

    /** Messages that it has taken from the socket so far. Any thread. */
    long taken();

    /** Times of its stages. */
    StageTimes times();

    /** Takes what stands in the socket, then ends its threads. */
    @Override
    void close();
}
