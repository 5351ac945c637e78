// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConfigOptions.FEED_GROUP;
import static io.millrace.server.config.ConfigOptions.FEED_GROUP_B;
import static io.millrace.server.config.ConfigOptions.FEED_INTERFACE;
import static io.millrace.server.config.ConfigOptions.FEED_INTERFACE_B;
import static io.millrace.server.config.ConfigOptions.FEED_PORT;
import static io.millrace.server.config.ConfigOptions.FEED_PORT_B;
import static io.millrace.server.config.ConfigOptions.FEED_RECEIVE_BUFFER;
import static io.millrace.server.config.ConfigOptions.FEED_SENDER;
import static io.millrace.server.config.ConfigOptions.FEED_SENDER_B;
import static io.millrace.server.config.ConfigOptions.FEED_SESSION_START;
import static io.millrace.server.config.ConfigOptions.RECOVERY_ATTEMPTS;
import static io.millrace.server.config.ConfigOptions.RECOVERY_GIVE_UP;
import static io.millrace.server.config.ConfigOptions.RECOVERY_HOLD;
import static io.millrace.server.config.ConfigOptions.RECOVERY_HOLD_PACKETS;
import static io.millrace.server.config.ConfigOptions.RECOVERY_IN_FLIGHT;
import static io.millrace.server.config.ConfigOptions.RECOVERY_MESSAGES;
import static io.millrace.server.config.ConfigOptions.RECOVERY_REORDER;
import static io.millrace.server.config.ConfigOptions.RECOVERY_REORDER_PACKETS;
import static io.millrace.server.config.ConfigOptions.RECOVERY_SERVERS;
import static io.millrace.server.config.ConfigOptions.RECOVERY_TIMEOUT;
import static io.millrace.server.config.ConfigOptions.RECOVERY_TIMEOUT_LIMIT;

import io.millrace.feed.FeedCounters;
import io.millrace.feed.FeedSession;
import io.millrace.feed.IngressLine;
import io.millrace.feed.SessionStart;
import io.millrace.feed.breaker.BreakerContext;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.feed.transport.MulticastReceiver;
import io.millrace.feed.transport.RequestChannel;
import io.millrace.server.config.BreakerOptions;
import io.millrace.server.config.Configuration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.agrona.CloseHelper;
import org.agrona.concurrent.EpochNanoClock;

/** The configured lines of one channel, and what heals it. Control thread, at start. */
final class FeedLines {
    private static final String NONE = "none";
    private static final String AUTO = "auto";
    private static final String ANY = "any";
    private static final String SAME = "same";
    private static final long NS_PER_US = 1_000L;
    private static final long NS_PER_MS = 1_000_000L;
    private static final int BYTES_PER_MB_SHIFT = 20;

    private FeedLines() {
    }

    /** Opens line A, and line B where there is one. */
    static List<MulticastReceiver> receivers(Configuration configuration, EpochNanoClock clock)
        throws IOException {
        List<MulticastReceiver> receivers = new ArrayList<>();
        String joined = configuration.text(FEED_INTERFACE);
        try {
            receivers.add(receiver(configuration, FEED_GROUP, FEED_PORT, joined, FEED_SENDER,
                clock));
            if (!configuration.text(FEED_GROUP_B).equals(NONE)) {
                String joinedB = configuration.text(FEED_INTERFACE_B);
                receivers.add(receiver(configuration, FEED_GROUP_B, FEED_PORT_B,
                    joinedB.equals(SAME) ? joined : joinedB, FEED_SENDER_B, clock));
            }
        } catch (IOException | RuntimeException failure) {
            CloseHelper.closeAll(receivers);
            throw failure;
        }
        return receivers;
    }

    /** Multicast groups of the lines, A first. */
    static List<String> groups(Configuration configuration) {
        String groupB = configuration.text(FEED_GROUP_B);
        return groupB.equals(NONE) ? List.of(configuration.text(FEED_GROUP))
            : List.of(configuration.text(FEED_GROUP), groupB);
    }

    /** Where the request servers are; by itself a feed has none. */
    static List<InetSocketAddress> serverAddresses(Configuration configuration)
        throws IOException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        String text = configuration.text(RECOVERY_SERVERS);
        if (text.equals(NONE) || text.equals(AUTO)) {
            return addresses;
        }
        for (String server : text.split(",")) {
            int colon = server.lastIndexOf(':');
            InetSocketAddress address = new InetSocketAddress(server.substring(0, colon),
                Integer.parseInt(server.substring(colon + 1)));
            if (address.isUnresolved()) {
                throw new IOException(RECOVERY_SERVERS + ": no address is known for '"
                    + address.getHostString() + "'; name a host that this machine can resolve, or"
                    + " an address");
            }
            addresses.add(address);
        }
        return addresses;
    }

    /** Opens the ways to the request servers. */
    static List<RequestChannel> servers(Configuration configuration, EpochNanoClock clock)
        throws IOException {
        List<RequestChannel> servers = new ArrayList<>();
        try {
            for (InetSocketAddress address : serverAddresses(configuration)) {
                servers.add(RequestChannel.open(address,
                    configuration.integer(FEED_RECEIVE_BUFFER), clock));
            }
        } catch (IOException | RuntimeException failure) {
            CloseHelper.closeAll(servers);
            throw failure;
        }
        return servers;
    }

    /** How holes are healed. */
    static RecoveryContext recovery(Configuration configuration) {
        return new RecoveryContext()
            .reorderWindowNs(configuration.number(RECOVERY_REORDER) * NS_PER_US)
            .reorderWindowPackets(configuration.integer(RECOVERY_REORDER_PACKETS))
            .requestMessages(configuration.integer(RECOVERY_MESSAGES))
            .requestAttempts(configuration.integer(RECOVERY_ATTEMPTS))
            .requestsInFlight(configuration.integer(RECOVERY_IN_FLIGHT))
            .requestTimeoutNs(configuration.number(RECOVERY_TIMEOUT) * NS_PER_MS,
                configuration.number(RECOVERY_TIMEOUT_LIMIT) * NS_PER_MS)
            .giveUpNs(configuration.number(RECOVERY_GIVE_UP) * NS_PER_MS)
            .holdLengthBytes(configuration.integer(RECOVERY_HOLD) << BYTES_PER_MB_SHIFT)
            .holdPackets(configuration.integer(RECOVERY_HOLD_PACKETS));
    }

    /** When a feed is silent. */
    static BreakerContext breaker(Configuration configuration) {
        return new BreakerContext()
            .lineSilenceNs(configuration.number(BreakerOptions.LINE_SILENCE) * NS_PER_MS)
            .openAfterNs(configuration.number(BreakerOptions.OPEN_AFTER) * NS_PER_MS)
            .probeNs(configuration.number(BreakerOptions.FIRST_PROBE) * NS_PER_MS,
                configuration.number(BreakerOptions.LONGEST_PROBE) * NS_PER_MS)
            .closeAfterPackets(configuration.integer(BreakerOptions.CLOSE_AFTER))
            .closeLimitNs(configuration.number(RECOVERY_GIVE_UP) * NS_PER_MS);
    }

    /** Which message a session expects first. */
    static SessionStart start(Configuration configuration) {
        return SessionStart.valueOf(configuration.text(FEED_SESSION_START)
            .toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The lines of one session, numbered as they come. */
    static List<IngressLine> lines(List<MulticastReceiver> receivers, FeedSession session,
        FeedCounters counters) {
        List<IngressLine> lines = new ArrayList<>();
        for (MulticastReceiver receiver : receivers) {
            lines.add(new IngressLine(lines.size() + 1, receiver, session, counters));
        }
        return lines;
    }

    private static MulticastReceiver receiver(Configuration configuration, String groupKey,
        String portKey, String joined, String senderKey, EpochNanoClock clock) throws IOException {
        String sender = configuration.text(senderKey);
        return MulticastReceiver.open(InetAddress.getByName(configuration.text(groupKey)),
            configuration.integer(portKey), joined,
            sender.equals(ANY) ? null : InetAddress.getByName(sender),
            configuration.integer(FEED_RECEIVE_BUFFER), clock);
    }
}
