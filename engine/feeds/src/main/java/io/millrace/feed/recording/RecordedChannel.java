// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recording;

import io.millrace.feed.FeedSession;
import io.millrace.feed.LineScorecard;
import io.millrace.feed.transport.RequestLine;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Object2ObjectHashMap;

/**
 * One channel of a recording that is imported: the same session as live, between recorded lines and
 * recorded answers. Built by the control thread, run by the ingress thread.
 */
public final class RecordedChannel {
    /** What an interface of a recording stands for. */
    record Source(RecordedChannel channel, int line, RecordedAnswers answers) {
    }

    private final String name;
    private final List<RecordedAnswers> servers = new ArrayList<>();
    private FeedSession session;

    /**
     * @param name        see {@link RecordedSource#channel(String, int)}
     * @param serverCount request servers that the session had
     */
    public RecordedChannel(String name, int serverCount) {
        this.name = name;
        for (int i = 0; i < serverCount; i++) {
            servers.add(new RecordedAnswers());
        }
    }

    /** What the session is built with in place of its request servers. */
    public List<RequestLine> servers() {
        return List.copyOf(servers);
    }

    /** The session of the channel. */
    public RecordedChannel session(FeedSession built) {
        session = built;
        return this;
    }

    FeedSession session() {
        return session;
    }

    void addTo(Object2ObjectHashMap<String, Source> sources) {
        for (int line = 1; line <= LineScorecard.MAX_LINES; line++) {
            sources.put(RecordedSource.lineName(name, line), new Source(this, line, null));
        }
        for (int i = 0; i < servers.size(); i++) {
            sources.put(RecordedSource.serverName(name, i), new Source(this, 0, servers.get(i)));
        }
    }
}
