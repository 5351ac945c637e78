// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos.wire;

import io.millrace.simulator.SeededRandom;
import io.millrace.simulator.wire.DatagramPort;
import io.millrace.simulator.wire.LineContext;
import io.millrace.simulator.wire.StreamPort;
import io.millrace.simulator.wire.VenueNetwork;
import java.net.InetAddress;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/** The network between one venue and the engine, in memory: two lines, requests, snapshots. */
public final class VirtualNetwork implements VenueNetwork {
    private final List<VirtualLine> lines = new ArrayList<>();
    private final VirtualRequests requests;
    private final VirtualStreams streams;
    private int opened;

    /** @param lineDelayNs mean time that a datagram takes */
    public VirtualNetwork(String venue, VirtualTime time, SeededRandom random, int lineDelayNs) {
        lines.add(new VirtualLine(venue + ".A", time, random, lineDelayNs));
        lines.add(new VirtualLine(venue + ".B", time, random, lineDelayNs));
        requests = new VirtualRequests(time, random);
        streams = new VirtualStreams(time, random);
    }

    @Override
    public WritableByteChannel line(LineContext context) {
        return lines.get(opened++);
    }

    @Override
    public DatagramPort datagrams(InetAddress address, int port) {
        return requests;
    }

    @Override
    public StreamPort streams(InetAddress address, int port) {
        return streams;
    }

    /** Line A, then line B. */
    public List<VirtualLine> lines() {
        return lines;
    }

    /** The way to the request server. */
    public VirtualRequests requests() {
        return requests;
    }

    /** The way to the snapshot server. */
    public VirtualStreams streams() {
        return streams;
    }
}
