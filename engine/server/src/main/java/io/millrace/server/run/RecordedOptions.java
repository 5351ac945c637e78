// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.feed.recording.RecordedSource;
import io.millrace.feed.recording.RecordingHead;
import io.millrace.instrument.Venue;
import io.millrace.server.config.ConfigOption;
import io.millrace.server.config.ConfigOptions;
import io.millrace.server.config.Configuration;
import io.millrace.server.feed.FeedProtocol;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a recording carries of its run so that the same events can be made from it: the options on
 * which events depend, the trading date, the protocol, and whether it was simulated.
 */
public final class RecordedOptions {
    private static final String DATE = "recording.date";
    private static final String CHANNEL = "recording.channel-";
    private static final String SIMULATED = "recording.simulated";

    private final Map<String, String> values;
    private final long startTimeNs;

    private RecordedOptions(Map<String, String> values, long startTimeNs) {
        this.values = values;
        this.startTimeNs = startTimeNs;
    }

    /** One channel of a run. */
    record Channel(Venue venue, int channelId, FeedProtocol protocol, int lineCount,
                   int serverCount) {
        String name() {
            return RecordedSource.channel(venue.name(), channelId);
        }

        private String text() {
            return venue.name() + ' ' + channelId + ' ' + protocol.label() + ' ' + lineCount + ' '
                + serverCount;
        }

        private static Channel parse(String text) {
            String[] words = text.split(" ");
            return new Channel(Venue.valueOf(words[0]), Integer.parseInt(words[1]),
                FeedProtocol.of(words[2]), Integer.parseInt(words[3]), Integer.parseInt(words[4]));
        }
    }

    /** The options as a recording holds them. */
    static String text(Configuration configuration, LocalDate date, boolean isSimulated,
        List<Channel> channels) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(DATE, date.toString());
        values.put(SIMULATED, Boolean.toString(isSimulated));
        for (int i = 0; i < channels.size(); i++) {
            values.put(CHANNEL + (char) ('a' + i), channels.get(i).text());
        }
        configuration.all().forEach((key, value) -> {
            if (isMeaning(key)) {
                values.put(key, value);
            }
        });
        return values.entrySet().stream().map(entry -> entry.getKey() + ": " + entry.getValue())
            .collect(Collectors.joining("\n"));
    }

    /** The options in a file, or null when it is no recording of ours. */
    public static RecordedOptions of(Path file) throws IOException {
        RecordingHead head = RecordingHead.of(file);
        return head == null ? null : new RecordedOptions(head.configuration().lines()
            .map(line -> line.split(": ", 2)).filter(pair -> pair.length == 2)
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, last) -> first)),
            head.startTimeNs());
    }

    /** Trading date of the run, or null when the recording does not tell. */
    public LocalDate date() {
        String date = values.get(DATE);
        return date == null ? null : LocalDate.parse(date);
    }

    /** The channels of the run, in its order. */
    List<Channel> channels() {
        return new TreeMap<>(values).entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(CHANNEL))
            .map(entry -> Channel.parse(entry.getValue())).toList();
    }

    /** True when a channel of the run had a protocol. */
    public boolean has(FeedProtocol protocol) {
        return channels().stream().anyMatch(channel -> channel.protocol() == protocol);
    }

    /** Time of the run's first events. */
    long startTimeNs() {
        return startTimeNs;
    }

    /** True when the packets came from a simulator. */
    public boolean isSimulated() {
        return Boolean.parseBoolean(values.get(SIMULATED));
    }

    /** The run's options that are options still. */
    public Map<String, String> preset() {
        Map<String, String> preset = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            ConfigOption option = ConfigOptions.get(key);
            if (option != null && isMeaning(key) && option.rule().accepts(value)) {
                preset.put(key, value);
            }
        });
        return preset;
    }

    private static boolean isMeaning(String key) {
        return key.startsWith("recovery.") || key.startsWith("breaker.")
            || key.startsWith("engine.max-")
            || key.equals(ConfigOptions.FEED_SESSION_START)
            || key.equals(ConfigOptions.ENGINE_SHARD)
            || key.equals(ConfigOptions.ENGINE_INBOUND)
            || key.equals(ConfigOptions.ENGINE_OUTBOUND)
            || key.equals(ConfigOptions.ENGINE_FINGERPRINT);
    }
}
