// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import io.millrace.event.ChainClock;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventPublisher;
import io.millrace.feed.transport.CaptureFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentTerminationException;

/**
 * Capture files in place of live lines: each file through session and decoder onto the ring, with
 * chain time told by the capture's clock where that is near the file's day, else by the messages'
 * own. Nothing is discarded when the ring is full. Ends by AgentTerminationException. Ingress
 * thread.
 */
public final class CaptureImport implements ImportAgent {
    private static final int RECORDS_PER_DUTY = 64;
    /** A listener hears of progress every 2^20 packets or messages. */
    private static final long PROGRESS_MASK = (1L << 20) - 1;

    private final EventPublisher publisher;
    private final ChainClock chainClock;
    private final VenueDecoder decoder;
    private final FeedSession session;
    private final LocalDate namedDate;
    private final List<Path> files;
    private final CaptureImportListener listener;
    private int nextFile;
    private long endedBytes;
    private long records;
    private CaptureFile capture;
    private TradingDate date;
    private long untimedPackets;

    /**
     * @param chainClock tells time on the publisher's ring
     * @param sessions   builds the session around the import, for files that hold packets
     * @param namedDate  day of all files, or null to take it from each
     * @param files      in the order of their contents
     * @param listener   is told of days and ends
     */
    public CaptureImport(EventPublisher publisher, ChainClock chainClock, VenueDecoder decoder,
                         SessionFactory sessions, LocalDate namedDate, List<Path> files,
                         CaptureImportListener listener) {
        this.publisher = publisher;
        this.chainClock = chainClock;
        this.decoder = decoder;
        this.namedDate = namedDate;
        this.files = List.copyOf(files);
        this.listener = listener;
        session = sessions.session(new TimedHandler(this));
    }

    @Override
    public int doWork() throws IOException {
        if (capture == null && !openNext()) {
            session.onEnd();
            publisher.commit();
            throw new AgentTerminationException();
        }
        int workCount = 0;
        while (workCount < RECORDS_PER_DUTY) {
            onRecord();
            workCount++;
            if (!capture.next()) {
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

    /** Hands one message to the decoder at the time that the chain shall have. */
    void onMessage(DirectBuffer buffer, int offset, int length, long channelSequence,
                   long captureTimeNs) {
        long timeNs = captureTimeNs;
        if (timeNs == EventDescriptor.UNDEFINED) {
            timeNs = decoder.exchangeTimeNs(buffer, offset, length);
            onTime(timeNs);
        }
        decoder.onMessage(buffer, offset, length, channelSequence, timeNs);
    }

    void onSessionChanged() {
        decoder.onSessionChanged();
    }

    private boolean openNext() throws IOException {
        while (nextFile < files.size()) {
            Path file = files.get(nextFile++);
            capture = CaptureFile.open(file);
            if (capture.next()) {
                date = TradingDate.ofCapture(namedDate, capture.timeNs(),
                    file.getFileName().toString());
                decoder.tradingDate(date);
                listener.onFile(file, date);
                return true;
            }
            closeFile();
        }
        return false;
    }

    private void onRecord() throws IOException {
        if (capture.holdsMessages()) {
            onMessage(capture.buffer(), capture.offset(), capture.length(), capture.frame(),
                EventDescriptor.UNDEFINED);
        } else {
            long timeNs = EventDescriptor.UNDEFINED;
            if (date.isNear(capture.timeNs())) {
                timeNs = capture.timeNs();
            } else {
                untimedPackets++;
            }
            onTime(timeNs);
            session.onPacket(capture.buffer(), capture.offset(), capture.length(), timeNs);
            awaitSession(timeNs);
        }
        if ((++records & PROGRESS_MASK) == 0) {
            listener.onProgress(capture.fileBytesRead(), capture.fileLength());
        }
    }

    /** Does what the session waits to do, and waits for the ring where it must. */
    private void awaitSession(long timeNs) {
        if (session.isWaiting()) {
            session.onTime(timeNs);
        }
        while (session.isReady()) {
            publisher.onFull();
            session.onTime(timeNs);
        }
    }

    private void onTime(long timeNs) {
        if (timeNs != EventDescriptor.UNDEFINED) {
            chainClock.onTime(timeNs);
        }
    }

    private void closeFile() throws IOException {
        if (untimedPackets > 0) {
            listener.onUntimedPackets(files.get(nextFile - 1), untimedPackets);
            untimedPackets = 0;
        }
        listener.onFileEnd(files.get(nextFile - 1), capture);
        endedBytes += capture.fileLength();
        capture.close();
        capture = null;
    }
}
