// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recording;

import java.net.InetSocketAddress;

/**
 * One line or request server as a recording names it. The address is what its datagrams were sent
 * to, or for a server's answers where they came from.
 *
 * @param name        venue, channel, and letter of the line or number of the server
 * @param description for people: group, port and interface
 */
public record RecordedSource(String name, String description, InetSocketAddress address) {
    private static final String SERVER = "request-";

    /** A line of a channel, from 1. */
    public static RecordedSource line(String channel, int line, String description,
                                      InetSocketAddress address) {
        return new RecordedSource(lineName(channel, line), description, address);
    }

    /** A request server of a channel, from 0. */
    public static RecordedSource server(String channel, int server, InetSocketAddress address) {
        return new RecordedSource(serverName(channel, server),
            "answers of " + address.getHostString() + ':' + address.getPort(), address);
    }

    /** Name of a channel of a venue. */
    public static String channel(String venue, int channelId) {
        return venue + '.' + channelId;
    }

    static String lineName(String channel, int line) {
        return channel + '.' + (char) ('A' + line - 1);
    }

    static String serverName(String channel, int server) {
        return channel + '.' + SERVER + (server + 1);
    }
}
