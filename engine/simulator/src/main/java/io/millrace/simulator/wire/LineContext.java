// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

import static io.millrace.simulator.wire.OptionRange.address;
import static io.millrace.simulator.wire.OptionRange.check;

import java.net.InetAddress;

/** Options of one line of a venue: where its datagrams go and what happens to them. */
public final class LineContext {
    public static final String GROUP_DEFAULT = "239.255.26.4";
    public static final int PORT_DEFAULT = 26_400;
    public static final String INTERFACE_DEFAULT = "127.0.0.1";

    private String group = GROUP_DEFAULT;
    private int port = PORT_DEFAULT;
    private String interfaceAddress = INTERFACE_DEFAULT;
    private ImpairmentContext impairments = new ImpairmentContext();

    /** Multicast group, or the address of one receiver. */
    public LineContext group(String value) {
        group = value;
        return this;
    }

    /** Destination port. */
    public LineContext port(int value) {
        port = value;
        return this;
    }

    /** Address of the interface that sends. */
    public LineContext interfaceAddress(String value) {
        interfaceAddress = value;
        return this;
    }

    /** What happens to the datagrams of this line alone. */
    public LineContext impairments(ImpairmentContext value) {
        impairments = value;
        return this;
    }

    /** Throws when an option is out of range. */
    public LineContext conclude() {
        address("simulator.group", group);
        address("simulator.interface", interfaceAddress);
        check("simulator.port", port, 1, 65_535);
        impairments.conclude();
        return this;
    }

    public InetAddress group() {
        return address("simulator.group", group);
    }

    public int port() {
        return port;
    }

    public InetAddress interfaceAddress() {
        return address("simulator.interface", interfaceAddress);
    }

    public ImpairmentContext impairments() {
        return impairments;
    }
}
