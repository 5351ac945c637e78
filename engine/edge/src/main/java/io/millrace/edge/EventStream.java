// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge;

import io.millrace.edge.status.EngineStatus;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The newest picture of the engine, and those who get every one as a server-sent event. A client
 * that has not taken the last ones misses those that follow: each picture is whole, so it loses
 * nothing but time, and that is counted. Who joins gets the points of the last minutes first. Owned
 * by the edge's event loop; {@link #publish} is called there.
 */
final class EventStream {
    static final String PATH = "/events";

    private static final int HISTORY_POINTS = 240;

    private final Set<Channel> clients = new LinkedHashSet<>();
    private final ChannelGroup connections =
        new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);
    private final Deque<String> history = new ArrayDeque<>();
    private EngineStatus latest = EngineStatus.NOTHING_YET;
    private String latestJson = StatusJson.status(latest);
    private long skipped;
    private long refused;

    /** The newest picture. */
    EngineStatus latest() {
        return latest;
    }

    /** The same as JSON. */
    String latestJson() {
        return latestJson;
    }

    /** A new picture: everybody gets it. */
    void publish(EngineStatus status) {
        latest = status;
        latestJson = StatusJson.status(status);
        history.addLast(StatusJson.point(status));
        if (history.size() > HISTORY_POINTS) {
            history.removeFirst();
        }
        byte[] frame = frame("status", latestJson);
        for (Channel client : clients) {
            if (client.isWritable()) {
                client.writeAndFlush(content(frame));
            } else {
                skipped++;
            }
        }
    }

    /** A client whose answer has begun. */
    void join(Channel client) {
        clients.add(client);
        client.closeFuture().addListener(closed -> clients.remove(client));
        client.write(content(frame("history", '[' + String.join(",", history) + ']')));
        client.writeAndFlush(content(frame("status", latestJson)));
    }

    /**
     * Ends all streams in order, then every connection; what comes yet is closed. A client keeps
     * its connection for the next question, and whoever opened the port next would not know of it.
     */
    ChannelGroupFuture end() {
        clients.forEach(client -> client.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
        return connections.close();
    }

    /** A connection came; it is forgotten when it ends. */
    void onConnected(Channel connection) {
        connections.add(connection);
    }

    /** A connection was one too many. */
    void onRefused() {
        refused++;
    }

    /** Connections open now. */
    int connections() {
        return connections.size();
    }

    /** What the edge counts about itself, by name of metric. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        counts.put("millrace_edge_connections", (long) connections.size());
        counts.put("millrace_edge_streams", (long) clients.size());
        counts.put("millrace_edge_skipped_pictures_total", skipped);
        counts.put("millrace_edge_refused_connections_total", refused);
        return counts;
    }

    private static byte[] frame(String event, String data) {
        return ("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private static DefaultHttpContent content(byte[] frame) {
        return new DefaultHttpContent(Unpooled.wrappedBuffer(frame));
    }
}
