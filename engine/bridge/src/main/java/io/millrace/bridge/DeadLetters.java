// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.millrace.event.EventDescriptor;
import io.millrace.event.EventView;
import io.millrace.journal.JournalQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HexFormat;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * What a sink refused for good, one JSON line each with its reason and its bytes, so that it can be
 * sent again by hand. The file is bounded; behind its limit letters are only counted. The journal
 * keeps the events in any case. Used by the bridge's thread.
 */
public final class DeadLetters {
    private final Path path;
    private final long limitBytes;
    private final AtomicCounter count;
    private final AtomicCounter unkept;
    private final ErrorHandler alert;

    /**
     * @param count  of all letters
     * @param unkept of those for which the file had no room
     * @param alert  hears of the first letter of each kind
     */
    DeadLetters(Path path, long limitBytes, AtomicCounter count, AtomicCounter unkept,
        ErrorHandler alert) {
        this.path = path;
        this.limitBytes = limitBytes;
        this.count = count;
        this.unkept = unkept;
        this.alert = alert;
    }

    /** Keeps an event that an outside place will never take. */
    public void add(LocalDate epoch, JournalQueue queue, EventView event, String place,
        String reason) {
        count.increment();
        alert.onError(new IOException(place + " refuses for good: " + reason + "; see " + path));
        byte[] bytes = new byte[event.length()];
        event.buffer().getBytes(event.offset() - EventDescriptor.HEADER_LENGTH, bytes);
        String line = "{\"epoch\":\"" + epoch + "\",\"queue\":\"" + queue.label()
            + "\",\"sequence\":" + event.sequence() + ",\"place\":\"" + escaped(place)
            + "\",\"reason\":\"" + escaped(reason) + "\",\"event\":\""
            + HexFormat.of().formatHex(bytes) + "\"}\n";
        try {
            append(line.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep a dead letter in " + path, e);
        }
    }

    private void append(byte[] line) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        try (FileChannel channel = FileChannel.open(path, CREATE, APPEND)) {
            if (channel.size() + line.length > limitBytes) {
                unkept.increment();
                return;
            }
            ByteBuffer bytes = ByteBuffer.wrap(line);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
    }

    private static String escaped(String text) {
        return text.replace('\n', ' ').replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
