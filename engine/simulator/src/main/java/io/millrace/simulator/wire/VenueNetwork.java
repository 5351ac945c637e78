// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.WritableByteChannel;

/** What a venue sends and listens by: sockets, or what a rehearsal puts in their place. */
public interface VenueNetwork {
    /** Where a line's datagrams go: each write is one of them, or 0 when none can go now. */
    WritableByteChannel line(LineContext context) throws IOException;

    /** Takes and sends datagrams at an address; port 0 is any free one. */
    DatagramPort datagrams(InetAddress address, int port) throws IOException;

    /** Takes connections at an address; port 0 is any free one. */
    StreamPort streams(InetAddress address, int port) throws IOException;
}
