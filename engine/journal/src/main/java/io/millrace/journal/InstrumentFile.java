// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The text file {@code instruments.txt} beside the epochs: how far the inbound journal of each was
 * read for its instruments, then the symbols by id. It spares reading whole journals at every
 * start; it can be deleted, and is then made again from the epochs. Replaced as a whole. Control
 * thread.
 *
 * <pre>
 *  millrace-instruments 1
 *  epoch 2026-01-02 last inbound sequence     one line for each epoch
 *  symbol AAPL                                one line for each id from 1
 *  crc32c 0123abcd                            of all lines above
 * </pre>
 *
 * @param lastByDate last inbound sequence read, by epoch
 * @param symbols    by id from 1
 */
record InstrumentFile(Map<LocalDate, Long> lastByDate, List<String> symbols) {
    static final String NAME = "instruments.txt";
    /** The same as it was when epochs were deleted last: only there some ids are known. */
    static final String KEPT = "instruments.kept.txt";

    private static final String TITLE = "millrace-instruments 1";
    private static final String EPOCH = "epoch ";
    private static final String SYMBOL = "symbol ";
    private static final String CRC = "crc32c ";


    /** @throws JournalException when the file is damaged */
    static InstrumentFile read(Path path) {
        try {
            String text = Files.readString(path);
            int end = text.lastIndexOf(CRC);
            if (end < 0 || !text.startsWith(TITLE + '\n')
                || !text.substring(end).equals(crcLine(text.substring(0, end)))) {
                throw new JournalException(path + " is damaged");
            }
            return parse(text.substring(0, end).lines().toList());
        } catch (IOException e) {
            throw new JournalException(path + " cannot be read: " + e);
        }
    }

    private static InstrumentFile parse(List<String> lines) {
        Map<LocalDate, Long> lastByDate = new TreeMap<>();
        for (String line : lines) {
            if (line.startsWith(EPOCH)) {
                List<String> words = Arrays.asList(line.split(" "));
                lastByDate.put(LocalDate.parse(words.get(1)), Long.parseLong(words.get(2)));
            }
        }
        return new InstrumentFile(lastByDate, lines.stream()
            .filter(line -> line.startsWith(SYMBOL))
            .map(line -> line.substring(SYMBOL.length())).toList());
    }

    void write(Path root, String name) {
        StringBuilder text = new StringBuilder(TITLE).append('\n');
        lastByDate.forEach((date, last) ->
            text.append(EPOCH).append(date).append(' ').append(last).append('\n'));
        symbols.forEach(symbol -> text.append(SYMBOL).append(symbol).append('\n'));
        text.append(crcLine(text.toString()));
        Path whole = root.resolve(name);
        Path part = root.resolve(name + ".part");
        try {
            Files.createDirectories(root);
            try (FileChannel channel = FileChannel.open(part, CREATE, TRUNCATE_EXISTING, WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(part, whole, ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + whole, e);
        }
    }

    private static String crcLine(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(UTF_8));
        return CRC + String.format("%08x", crc.getValue()) + '\n';
    }
}
