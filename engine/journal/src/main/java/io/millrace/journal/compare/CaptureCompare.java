// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.compare;

import io.millrace.event.EventView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.CloseHelper;

/**
 * Compares what messages of a wire capture became with the inbound events of a journal, channel by
 * channel. What is received when and where, and what an engine tells of itself, its lines and its
 * sessions, is left out. Used by one thread, once; it writes nothing.
 */
public final class CaptureCompare implements AutoCloseable {
    private final Path epochDirectory;
    private final Map<Integer, ChannelCompare> channels = new TreeMap<>();

    /** @param epochDirectory directory of an epoch */
    public CaptureCompare(Path epochDirectory) {
        this.epochDirectory = epochDirectory;
    }

    /** Says that a channel is to be compared, though nothing of it may come. */
    public void channel(int venueId, int channelId) {
        compare(venueId << 8 | channelId);
    }

    /** Takes the next event that the capture gives, of any channel and kind. Damage throws. */
    public void onEvent(EventView event) {
        if (event.venueId() != 0) {
            compare(ChannelCursor.channel(event)).onEvent(event);
        }
    }

    /** The capture is over: what came of it, by channel. */
    public List<ChannelComparison> finish() {
        List<ChannelComparison> comparisons = new ArrayList<>();
        channels.values().forEach(channel -> comparisons.add(channel.finish()));
        return comparisons;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(channels.values());
    }

    private ChannelCompare compare(int channel) {
        return channels.computeIfAbsent(channel, key -> new ChannelCompare(epochDirectory, key));
    }
}
