// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

import java.io.IOException;
import java.nio.channels.ByteChannel;

/** Takes connections. Never blocks. One thread. */
public interface StreamPort extends AutoCloseable {
    /** A client that waits, or null; its reads and writes do not block either. */
    ByteChannel accept() throws IOException;

    /** Port that it listens at. */
    int port() throws IOException;

    @Override
    void close() throws IOException;
}
