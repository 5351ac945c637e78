// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recording;

import io.millrace.event.ChainClock;
import io.millrace.event.EventPublisher;
import io.millrace.feed.CaptureImportListener;
import io.millrace.feed.FeedSession;
import io.millrace.feed.ImportAgent;
import io.millrace.feed.TradingDate;
import io.millrace.feed.recording.RecordedChannel.Source;
import io.millrace.feed.transport.CaptureFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.collections.Object2ObjectHashMap;
import org.agrona.concurrent.AgentTerminationException;

/**
 * Recordings in place of live lines: every datagram, answer and time goes where it went in the run,
 * so that the same events come of it. Nothing is discarded when the ring is full. Ends by
 * AgentTerminationException. Ingress thread.
 */
public final class RecordingImport implements ImportAgent {
    private static final int RECORDS_PER_DUTY = 64;
    private static final long PROGRESS_MASK = (1L << 20) - 1;
    /** Clock events before a packet, and what a session may tell by itself. */
    private static final int OWN_EVENTS = 16;

    private final EventPublisher publisher;
    private final ChainClock chainClock;
    private final TradingDate date;
    private final List<Path> files;
    private final List<RecordedChannel> channels;
    private final CaptureImportListener listener;
    private final Object2ObjectHashMap<String, Source> sources = new Object2ObjectHashMap<>();
    private int nextFile;
    private long endedBytes;
    private long records;
    private long lost;
    private long discarded;
    private long foreign;
    private CaptureFile capture;

    /**
     * @param chainClock tells time on the publisher's ring
     * @param files      of one date, in the order of their contents
     * @param listener   is told of the ends
     */
    public RecordingImport(EventPublisher publisher, ChainClock chainClock, TradingDate date,
                           List<Path> files, List<RecordedChannel> channels,
                           CaptureImportListener listener) {
        this.publisher = publisher;
        this.chainClock = chainClock;
        this.date = date;
        this.files = List.copyOf(files);
        this.channels = List.copyOf(channels);
        this.listener = listener;
        channels.forEach(channel -> channel.addTo(sources));
    }

    /** What was found besides packets; after the import has ended. */
    public RecordingCounts counts() {
        return new RecordingCounts(lost, discarded, foreign);
    }

    @Override
    public int doWork() throws IOException {
        if (capture == null && !openNext()) {
            channels.forEach(channel -> channel.session().onEnd());
            publisher.commit();
            throw new AgentTerminationException();
        }
        int workCount = 0;
        while (workCount < RECORDS_PER_DUTY) {
            onRecord();
            workCount++;
            if (!capture.nextFrame()) {
                closeFile();
                break;
            }
        }
        publisher.commit();
        return workCount;
    }

    @Override
    public long bytesRead() throws IOException {
        return endedBytes + (capture == null ? 0 : capture.fileBytesRead());
    }

    @Override
    public void onClose() {
        CloseHelper.close(capture);
    }

    @Override
    public String roleName() {
        return "ingress";
    }

    private boolean openNext() throws IOException {
        while (nextFile < files.size()) {
            Path file = files.get(nextFile++);
            capture = CaptureFile.open(file);
            listener.onFile(file, date);
            if (capture.nextFrame()) {
                return true;
            }
            closeFile();
        }
        return false;
    }

    private void onRecord() throws IOException {
        lost += capture.lostBefore();
        if (capture.interfaceName().equals(Recorder.CHAIN_TIME)) {
            onTime(capture.timeNs());
        } else if (capture.hasComment()) {
            discarded++;
        } else {
            Source source = sources.get(capture.interfaceName());
            if (source == null || !capture.holdsPayload()) {
                foreign++;
            } else {
                onPacket(source);
            }
        }
        if ((++records & PROGRESS_MASK) == 0) {
            listener.onProgress(capture.fileBytesRead(), capture.fileLength());
        }
    }

    private void onTime(long timeNs) {
        awaitRoom(OWN_EVENTS);
        chainClock.onTime(timeNs);
        if (capture.length() > 0) {
            int line = capture.buffer().getByte(capture.offset());
            Source source = sources.get(capture.interfaceName(1 + line));
            if (source != null) {
                source.channel().session().onTime(timeNs);
                finish(source.channel().session(), timeNs);
            }
        }
    }

    private void onPacket(Source source) {
        long timeNs = capture.timeNs();
        if (source.answers() != null) {
            boolean isKept = source.answers().add(capture.buffer(), capture.offset(),
                capture.length(), timeNs);
            lost += isKept ? 0 : 1;
            return;
        }
        FeedSession session = source.channel().session();
        awaitRoom(OWN_EVENTS
            + session.eventLimit(capture.buffer(), capture.offset(), capture.length()));
        chainClock.onTime(timeNs);
        session.onPacket(source.line(), capture.buffer(), capture.offset(), capture.length(),
            timeNs);
        finish(session, timeNs);
    }

    /** Hands on what the session could not for want of room. */
    private void finish(FeedSession session, long timeNs) {
        while (session.isReady()) {
            publisher.onFull();
            session.onTime(timeNs);
        }
    }

    private void awaitRoom(int events) {
        int wanted = Math.min(events, publisher.ring().capacity() / 2);
        while (!publisher.hasCapacity(wanted)) {
            publisher.onFull();
        }
    }

    private void closeFile() throws IOException {
        listener.onFileEnd(files.get(nextFile - 1), capture);
        endedBytes += capture.fileLength();
        capture.close();
        capture = null;
    }
}
