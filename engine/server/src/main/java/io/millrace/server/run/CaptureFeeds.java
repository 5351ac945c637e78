// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.event.ChainClock;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.feed.CaptureImportListener;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.ImportAgent;
import io.millrace.feed.TradingDate;
import io.millrace.feed.recording.RecordedChannel;
import io.millrace.feed.recording.RecordingCounts;
import io.millrace.feed.recording.RecordingImport;
import io.millrace.feed.recovery.HealingSession;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.server.config.Configuration;
import io.millrace.server.feed.FeedProtocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Capture files of one trading date as they stand in front of a ring: one feed of all files, or of
 * a recording the feeds of its run with their lines. Control thread; then the agent has its own.
 */
public final class CaptureFeeds {
    private final Configuration configuration;
    private final FeedProtocol protocol;
    private final boolean isSimulated;
    private final List<Path> files;
    private List<VenueFeed> feeds;
    private List<FeedChannel> channels;
    private long firstTimeNs;
    private RecordingImport recording;
    private ImportAgent agent;

    /**
     * @param protocol of all files
     * @param files    of one date, in order
     */
    public CaptureFeeds(Configuration configuration, FeedProtocol protocol, boolean isSimulated,
        List<Path> files) {
        this.configuration = configuration;
        this.protocol = protocol;
        this.isSimulated = isSimulated;
        this.files = files;
    }

    /**
     * Builds sessions and decoders.
     *
     * @param publisher   writer of the ring
     * @param instruments gives symbols their ids
     */
    CaptureFeeds open(EventPublisher publisher, InstrumentDirectory instruments, TradingDate date,
        CaptureImportListener listener) throws IOException {
        RecordedOptions recorded = RecordedOptions.of(files.get(0));
        channels = recorded == null
            ? List.of(EngineOptions.channel(configuration, protocol, isSimulated))
            : recorded.channels().stream().map(channel -> new FeedChannel(channel.venue(),
                channel.channelId(), isSimulated ? EventFlag.SIMULATED : 0)).toList();
        feeds = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            VenueFeed feed = new VenueFeed(
                recorded == null ? protocol : recorded.channels().get(i).protocol(), publisher,
                instruments, channels.get(i));
            feed.decoder().tradingDate(date);
            feeds.add(feed);
        }
        firstTimeNs = recorded == null ? feeds.get(0).firstTimeNs(files.get(0), date)
            : recorded.startTimeNs();
        int flags = date.flags() | (isSimulated ? EventFlag.SIMULATED : 0);
        recording = recorded == null ? null : new RecordingImport(publisher,
            new ChainClock(publisher, flags), date, files, recordedChannels(recorded), listener);
        agent = recording != null ? recording : feeds.get(0).importOf(flags,
            date.isKnown() ? date.date() : null, files, listener);
        return this;
    }

    /** Reads the files. */
    ImportAgent agent() {
        return agent;
    }

    /** Time of the first events. */
    long firstTimeNs() {
        return firstTimeNs;
    }

    /** What all events of a feed carry. */
    List<FeedChannel> channels() {
        return channels;
    }

    /** What came in, by channel. */
    public List<FeedCounters> counters() {
        return feeds.stream().map(VenueFeed::counters).toList();
    }

    /** What a recording told besides, or null of other captures. */
    public RecordingCounts recording() {
        return recording == null ? null : recording.counts();
    }

    private List<RecordedChannel> recordedChannels(RecordedOptions recorded) {
        List<RecordedChannel> all = new ArrayList<>();
        for (RecordedOptions.Channel told : recorded.channels()) {
            VenueFeed feed = feeds.get(all.size());
            RecordedChannel channel = new RecordedChannel(told.name(), told.serverCount());
            HealingSession session = feed.liveSession(FeedLines.start(configuration),
                FeedLines.recovery(configuration), channel.servers(), feed.decoder());
            all.add(channel.session(feed.watched(FeedLines.breaker(configuration),
                told.lineCount(), List.of(), session, failure -> { })));
        }
        return all;
    }
}
