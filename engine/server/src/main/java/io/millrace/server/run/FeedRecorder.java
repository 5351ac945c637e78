// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.RecorderOptions.RECORDER_DIRECTORY;
import static io.millrace.server.config.RecorderOptions.RECORDER_ENABLED;
import static io.millrace.server.config.RecorderOptions.RECORDER_MINIMUM_FREE;
import static io.millrace.server.config.RecorderOptions.RECORDER_QUEUE;

import io.millrace.counter.Counters;
import io.millrace.feed.IngressTap;
import io.millrace.feed.recording.RecordedSource;
import io.millrace.feed.recording.Recorder;
import io.millrace.feed.recording.RecordingContext;
import io.millrace.feed.transport.MulticastReceiver;
import io.millrace.feed.transport.RequestLine;
import io.millrace.instrument.Venue;
import io.millrace.server.config.Configuration;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/**
 * The raw recorder beside a feed, on a thread of its own that is not hot. Closed after ingress has
 * ended, so that the file holds all. Control thread.
 */
final class FeedRecorder implements AutoCloseable {
    private final Recorder recorder;
    private final AgentRunner runner;
    private final Counters counters;
    private int heardServers;
    private long alarmed;

    private FeedRecorder(Recorder recorder, Counters counters) {
        this.recorder = recorder;
        this.counters = counters;
        runner = new AgentRunner(new SleepingMillisIdleStrategy(1), counters::onError, null,
            recorder);
        if (recorder.cutLength() > 0) {
            counters.onError(new IOException("recording " + recorder.path() + ": "
                + recorder.cutLength() + " bytes that a crash had cut were taken off"));
        }
    }

    /** Opens the file of the date, or gives null where nothing is to be recorded. */
    static FeedRecorder open(Configuration configuration, LocalDate date, List<LiveFeed> feeds,
        EpochNanoClock clock, Counters counters) throws IOException {
        if (!configuration.isTrue(RECORDER_ENABLED)) {
            return null;
        }
        List<RecordedSource> lines = new ArrayList<>();
        List<RecordedSource> servers = new ArrayList<>();
        List<RecordedOptions.Channel> channels = new ArrayList<>();
        for (LiveFeed feed : feeds) {
            channels.add(addSources(feed, lines, servers));
        }
        boolean isSimulated = EngineOptions.isSimulated(configuration);
        return new FeedRecorder(new Recorder(new RecordingContext().date(date)
            .lines(lines).servers(servers).counters(counters)
            .configuration(RecordedOptions.text(configuration, date, isSimulated, channels))
            .directory(Path.of(configuration.text(RECORDER_DIRECTORY)))
            .queueMb(configuration.integer(RECORDER_QUEUE))
            .minimumFreeMb(configuration.integer(RECORDER_MINIMUM_FREE)), clock,
            counters::onError), counters);
    }

    private static RecordedOptions.Channel addSources(LiveFeed feed, List<RecordedSource> lines,
        List<RecordedSource> servers) throws IOException {
        List<InetSocketAddress> addresses = FeedLines.serverAddresses(feed.configuration());
        RecordedOptions.Channel channel = new RecordedOptions.Channel(
            Venue.byId(feed.channel().venueId()), feed.channel().channelId(), feed.protocol(),
            feed.lineCount(), addresses.size());
        int line = 1;
        for (MulticastReceiver receiver : feed.receivers()) {
            lines.add(RecordedSource.line(channel.name(), line++, receiver.name(),
                new InetSocketAddress(receiver.group(), receiver.port())));
        }
        for (int i = 0; i < addresses.size(); i++) {
            servers.add(RecordedSource.server(channel.name(), i, addresses.get(i)));
        }
        return channel;
    }

    /** What the ingress agent tells of its work. */
    IngressTap tap() {
        return recorder.queue();
    }

    /** The ways to the request servers of the next feed, heard. */
    List<RequestLine> heard(List<? extends RequestLine> servers) {
        List<RequestLine> heard = new ArrayList<>();
        for (RequestLine server : servers) {
            heard.add(recorder.queue().heard(heardServers++, server));
        }
        return heard;
    }

    /** Starts the thread. */
    void start() {
        AgentRunner.startOnThread(runner);
    }

    /** Once a second: raises the alarm when packets were lost since the last one. */
    void onSecond() {
        if (recorder.lost() > alarmed) {
            alarmed = recorder.lost();
            counters.onError(new IOException("recording " + recorder.path() + " lost packets:"
                + " queue or disk is full; see counters recorder.lost-by-..."));
        }
    }

    /** For the status line: nothing as long as nothing is lost. */
    String status() {
        return recorder.lost() == 0 ? "" : "  RECORDER LOST " + recorder.lost();
    }

    /** True when the file holds everything. */
    boolean isWhole() {
        return recorder.lost() == 0;
    }

    /** For the report. */
    String line() {
        return String.format(Locale.ROOT, "%s: %,d datagrams and times, %,d lost",
            recorder.path(), recorder.recorded(), recorder.lost());
    }

    @Override
    public void close() {
        runner.close();
    }
}
