// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What a bridge knows after its process was killed: the position that the outside acknowledged,
 * and, while a batch is on its way, the position behind it. Replaced as a whole and forced.
 *
 * <pre>
 *  millrace-checkpoint 1
 *  done 2026-01-02 1767355200000000000 1200 340
 *  intent 2026-01-02 1767355200000000000 1800 500    while a batch is on its way
 *  crc32c 0123abcd
 * </pre>
 *
 * @param done   acknowledged, or null before the first batch
 * @param intent behind the batch that was about to be sent, or null
 */
public record Checkpoint(Position done, Position intent) {
    /** Nothing sent yet. */
    public static final Checkpoint NONE = new Checkpoint(null, null);

    private static final String TITLE = "millrace-checkpoint 1";
    private static final String DONE = "done ";
    private static final String INTENT = "intent ";
    private static final String CRC = "crc32c ";

    /**
     * Reads a checkpoint; none where there is no file.
     *
     * @throws IOException when the file cannot be read or is damaged: what was sent is not known
     */
    public static Checkpoint read(Path path) throws IOException {
        if (!Files.exists(path)) {
            return NONE;
        }
        String text = Files.readString(path);
        int end = text.lastIndexOf(CRC);
        if (end < 0 || !text.startsWith(TITLE + '\n')
            || !text.substring(end).equals(crcLine(text.substring(0, end)))) {
            throw new IOException("checkpoint " + path
                + " is damaged; without it everything would be sent again, so take it away by hand"
                + " if that is wanted");
        }
        List<String> lines = text.lines().toList();
        return new Checkpoint(position(lines, DONE), position(lines, INTENT));
    }

    private static Position position(List<String> lines, String name) {
        return lines.stream().filter(line -> line.startsWith(name)).findFirst()
            .map(line -> Position.parse(line.substring(name.length()))).orElse(null);
    }

    /** Takes the place of what the file held before. */
    public void write(Path path) throws IOException {
        String text = TITLE + '\n' + (done == null ? "" : DONE + done + '\n')
            + (intent == null ? "" : INTENT + intent + '\n');
        ByteBuffer bytes = ByteBuffer.wrap((text + crcLine(text)).getBytes(UTF_8));
        Path part = path.resolveSibling(path.getFileName() + ".part");
        Files.createDirectories(path.toAbsolutePath().getParent());
        try (FileChannel channel = FileChannel.open(part, CREATE, TRUNCATE_EXISTING, WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(part, path, ATOMIC_MOVE);
    }

    /** Events of the batch that was about to be sent, 0 without one. */
    int intendedEvents() {
        if (intent == null) {
            return 0;
        }
        boolean isContinued = done != null && done.epoch().equals(intent.epoch());
        long events = intent.inbound() + intent.outbound()
            - (isContinued ? done.inbound() + done.outbound() : 0);
        return (int) Math.max(0, Math.min(events, BridgeContext.MAX_BATCH_EVENTS));
    }

    private static String crcLine(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(UTF_8));
        return CRC + String.format("%08x", crc.getValue()) + '\n';
    }
}
