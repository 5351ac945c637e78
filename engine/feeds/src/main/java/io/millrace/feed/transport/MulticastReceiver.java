// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import org.agrona.BufferUtil;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One line of a feed: a socket of its own, bound to one multicast group and joined to it on one
 * interface. Where a system binds to no group it is bound to the port alone, and then hears what is
 * sent to the host's own addresses too. Never blocks. The stamp is taken right after the datagram
 * was read; it is this process's, not the kernel's. Nothing is allocated per datagram as long as
 * the line has one sender; each change of sender costs the JDK one address object. Owned by the
 * ingress thread.
 */
public final class MulticastReceiver implements PacketReceiver {
    /** Longest datagram there is. */
    public static final int MAX_DATAGRAM_LENGTH = 65_535;

    private final DatagramChannel channel;
    private final ByteBuffer memory = BufferUtil.allocateDirectAligned(MAX_DATAGRAM_LENGTH, 64);
    private final UnsafeBuffer buffer = new UnsafeBuffer(memory);
    private final EpochNanoClock clock;
    private final String name;
    private MembershipKey membership;
    private long packets;

    private MulticastReceiver(DatagramChannel channel, MembershipKey membership,
                              EpochNanoClock clock, String name) {
        this.channel = channel;
        this.membership = membership;
        this.clock = clock;
        this.name = name;
    }

    /**
     * Opens a line.
     *
     * @param group                    multicast address
     * @param port                     of the group, 0 for any free one
     * @param networkInterface         name of an interface, or an address of it
     * @param receiveBufferLengthBytes asked from the kernel; {@link #receiveBufferLengthBytes()}
     *                                 tells what it gave
     * @param clock                    stamps each datagram
     * @throws IOException when the interface is none or the group cannot be joined
     */
    public static MulticastReceiver open(InetAddress group, int port, String networkInterface,
                                         int receiveBufferLengthBytes, EpochNanoClock clock)
        throws IOException {
        return open(group, port, networkInterface, null, receiveBufferLengthBytes, clock);
    }

    /**
     * Opens a line that hears one sender only.
     *
     * @param source address of the sender, null for any
     * @see #open(InetAddress, int, String, int, EpochNanoClock)
     */
    public static MulticastReceiver open(InetAddress group, int port, String networkInterface,
                                         InetAddress source, int receiveBufferLengthBytes,
                                         EpochNanoClock clock) throws IOException {
        NetworkInterface joined = networkInterface(networkInterface);
        DatagramChannel channel = DatagramChannel.open(family(group));
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferLengthBytes);
            bind(channel, group, port);
            channel.configureBlocking(false);
            String line = group.getHostAddress() + ':' + port + '@' + networkInterface;
            return new MulticastReceiver(channel, join(channel, group, joined, source), clock,
                line);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    @Override
    public int poll(PacketHandler handler, int limit) throws IOException {
        int count = 0;
        while (count < limit) {
            memory.clear();
            if (channel.receive(memory) == null) {
                break;
            }
            long receiveTimeNs = clock.nanoTime();
            count++;
            packets++;
            handler.onPacket(buffer, 0, memory.position(), receiveTimeNs);
        }
        return count;
    }

    /**
     * Leaves the group and joins it again, so that the host and its switches learn anew who
     * listens; after a failure the next call tries to join once more.
     */
    @Override
    public void rejoin() throws IOException {
        membership.drop();
        membership = join(channel, membership.group(), membership.networkInterface(),
            membership.sourceAddress());
    }

    /** Group, port and interface, for reports. */
    @Override
    public String name() {
        return name;
    }

    /** Address of the group. */
    public InetAddress group() {
        return membership.group();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Port that the socket is bound to. */
    public int port() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /** Bytes of socket buffer that the kernel gave. */
    public int receiveBufferLengthBytes() throws IOException {
        return channel.getOption(StandardSocketOptions.SO_RCVBUF);
    }

    /** Datagrams that were read. */
    public long packets() {
        return packets;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /**
     * A socket on the port alone hears what anybody sends to an address of the host; other groups
     * only where the JDK does not switch IP_MULTICAST_ALL off.
     */
    private static void bind(DatagramChannel channel, InetAddress group, int port)
        throws IOException {
        try {
            channel.bind(new InetSocketAddress(group, port));
        } catch (SocketException noGroup) {
            channel.bind(new InetSocketAddress(port));
        }
    }

    private static MembershipKey join(DatagramChannel channel, InetAddress group,
                                      NetworkInterface joined, InetAddress source)
        throws IOException {
        return source == null ? channel.join(group, joined) : channel.join(group, joined, source);
    }

    private static StandardProtocolFamily family(InetAddress group) {
        boolean isShort = group.getAddress().length == Integer.BYTES;
        return isShort ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }

    private static NetworkInterface networkInterface(String nameOrAddress) throws IOException {
        NetworkInterface named = NetworkInterface.getByName(nameOrAddress);
        if (named == null && Character.digit(nameOrAddress.charAt(0), 16) >= 0) {
            named = NetworkInterface.getByInetAddress(InetAddress.getByName(nameOrAddress));
        }
        if (named == null) {
            throw new IOException("no network interface '" + nameOrAddress + "'");
        }
        return named;
    }
}
