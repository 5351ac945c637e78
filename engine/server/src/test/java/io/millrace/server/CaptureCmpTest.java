// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureCmpTest {
    private static final int FILE_HEADER_LENGTH = 24;
    private static final int RECORD_HEADER_LENGTH = 16;
    /** Ethernet, IP, UDP. */
    private static final int FRAME_HEADER_LENGTH = 42;
    private static final int MOLD_HEADER_LENGTH = 20;
    private static final int SEQUENCE_OFFSET = FRAME_HEADER_LENGTH + 10;
    private static final int COUNT_OFFSET = FRAME_HEADER_LENGTH + 18;
    private static final int LAST_BYTE_OF_PRICE = 35;

    @TempDir
    private Path folder;
    private Path capture;
    private byte[] fileHeader;
    private final List<byte[]> records = new ArrayList<>();

    @BeforeEach
    void generate() throws IOException {
        capture = folder.resolve("day.pcap");
        assertEquals(0, CommandRun.of("generate", "--to", capture.toString(), "--messages", "20000",
            "--symbols", "50", "--length", "5s", "--date", TestJournal.DATE).exitCode());
        byte[] bytes = Files.readAllBytes(capture);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        fileHeader = ByteBuffer.allocate(FILE_HEADER_LENGTH).put(bytes, 0, FILE_HEADER_LENGTH)
            .array();
        for (int at = FILE_HEADER_LENGTH; at < bytes.length;) {
            int length = RECORD_HEADER_LENGTH + buffer.getInt(at + 8);
            records.add(ByteBuffer.allocate(length).put(bytes, at, length).array());
            at += length;
        }
    }

    @Test
    void shouldFindAnImportedCaptureInItsJournal() throws IOException {
        Path epoch = imported(capture);
        CommandRun whole = cmp(epoch, "--capture", capture.toString());
        CommandRun root = cmp(epoch.getParent(), "--capture", capture.toString());
        CommandRun halves = cmp(epoch, "--capture",
            write("1.pcap", records.subList(0, 500)).toString(), "--capture",
            write("2.pcap", records.subList(500, records.size())).toString());
        assertEquals(0, whole.exitCode(), whole.out() + whole.log());
        assertTrue(whole.out().startsWith("SIMA channel 1: 20"), whole.out());
        assertEquals(1, whole.lines().size(), whole.out());
        assertEquals(whole.out(), root.out());
        assertEquals(whole.out(), halves.out());
        assertEquals(0, halves.exitCode());
    }

    @Test
    void shouldNameWhatACaptureLacks() throws IOException {
        Path epoch = imported(capture);
        int removed = dataRecord(700);
        List<byte[]> left = new ArrayList<>(records);
        left.remove(removed);
        CommandRun run = cmp(epoch, "--capture", write("lacking.pcap", left).toString());
        long from = sequence(removed);
        long to = from + count(removed) - 1;
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.out().contains("events of messages " + from + " to " + to)
            || run.out().contains("event of messages " + from + " to " + to), run.out());
        assertTrue(run.out().contains("gaps of the capture: 1 with " + count(removed)
            + " messages"), run.out());
        assertTrue(run.out().contains("only in the journal: "), run.out());
    }

    @Test
    void shouldForgiveWhatTheJournalDeclaresLost() throws IOException {
        int removed = dataRecord(700);
        List<byte[]> left = new ArrayList<>(records);
        left.remove(removed);
        Path lacking = write("lacking.pcap", left);
        CommandRun imported = CommandRun.of("import", "--feed", "itch50", lacking.toString(),
            "--journal", folder.resolve("lossy").toString(), "--simulated");
        CommandRun run = cmp(folder.resolve("lossy"), "--capture", capture.toString());
        CommandRun same = cmp(folder.resolve("lossy"), "--capture", lacking.toString());
        assertEquals(1, imported.exitCode(), imported.log());
        assertEquals(0, run.exitCode(), run.out());
        assertTrue(run.out().contains("gaps that the journal declares: 1 with " + count(removed)
            + " messages; the capture has "), run.out());
        assertEquals(0, same.exitCode(), same.out());
    }

    @Test
    void shouldNameAPriceThatIsAnother() throws IOException {
        Path epoch = imported(capture);
        int flipped = flipAPrice();
        CommandRun run = cmp(epoch, "--capture", write("flipped.pcap", records).toString());
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.out().contains(" 1 differ, 0 missing in the journal, 0 only"), run.out());
        assertTrue(run.out().contains("first difference, capture: {\"event\":\"OrderAdded\""),
            run.out());
        assertTrue(run.out().contains("\"channelSequence\":" + flipped), run.out());
    }

    @Test
    void shouldNameWhatTheJournalLacks() throws IOException {
        Path cut = write("cut.pcap", records.subList(0, 600));
        Path epoch = imported(cut);
        CommandRun run = cmp(epoch, "--capture", capture.toString());
        long last = sequence(600);
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.out().contains("missing in the journal: ")
            && run.out().contains(" events of messages " + last + " to "), run.out());
    }

    @Test
    void shouldSayWhichOptionsAreMissing() throws IOException {
        Path epoch = imported(capture);
        String dir = epoch.toString();
        String file = capture.toString();
        CommandRun other = CommandRun.of("journal", "cmp", dir, "--feed", "itch50", "--capture",
            file);
        assertAll(
            () -> assertEquals(1, other.exitCode(), other.out()),
            () -> assertTrue(other.out().contains("the journal has SIMA channel 1: are"),
                other.out()),
            () -> assertEquals(2, CommandRun.of("journal", "cmp", dir).exitCode()),
            () -> assertEquals(2,
                CommandRun.of("journal", "cmp", dir, "--capture", file).exitCode()),
            () -> assertEquals(2, cmp(epoch, dir, "--capture", file).exitCode()),
            () -> assertEquals(2, cmp(epoch, "--capture", file, "--raw").exitCode()),
            () -> assertEquals(2, cmp(epoch, "--capture", file, "--date", "2026-02-02")
                .exitCode()),
            () -> assertEquals(2, CommandRun.of("journal", "cmp", dir, dir, "--simulated")
                .exitCode()));
    }

    @Test
    @Tag("pipeline")
    void shouldFindTheRecordingOfARunWithTwoLossyLinesInItsJournal() throws IOException {
        String live = folder.resolve("live").toString();
        CommandRun run = CommandRun.of("run", "--feed", "simulator", "--for", "3s",
            "--simulator.venues", "itch50,iex-deep", "--simulator.messages-per-second", "4000",
            "--simulator.symbols", "100", "--simulator.live-orders", "1000",
            "--engine.inbound-capacity", "131072", "--feed.multicast-group-b", "239.79.1.2",
            "--simulator.loss-ppm", "20000", "--simulator.duplicate-ppm", "10000",
            "--simulator.reorder-ppm", "10000", "--simulator.request-server", "on",
            "--journal.directory", live, "--recorder.enabled", "true", "--recorder.directory",
            folder.resolve("raw").toString());
        CommandRun compared = CommandRun.of("journal", "cmp", live, "--feed", "itch50",
            "--capture", recording().toString());
        assertTrue(run.out().contains(", 0 lost: holds"), run.out());
        assertEquals(0, compared.exitCode(), compared.out() + compared.log());
        assertEquals(2, compared.lines().stream().filter(line -> line.contains("equal events"))
            .count(), compared.out());
    }

    private Path recording() throws IOException {
        try (var files = Files.list(folder.resolve("raw"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private Path imported(Path file) {
        return TestJournal.imported(folder, file, "--simulated");
    }

    private static CommandRun cmp(Path directory, String... more) {
        List<String> line = new ArrayList<>(
            List.of("journal", "cmp", directory.toString(), "--feed", "itch50", "--simulated"));
        line.addAll(List.of(more));
        return CommandRun.of(line.toArray(String[]::new));
    }

    private Path write(String name, List<byte[]> content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(fileHeader);
        for (byte[] record : content) {
            bytes.write(record);
        }
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    /** Index of the first packet with messages from an index on. */
    private int dataRecord(int from) {
        int index = from;
        while (count(index) == 0 || count(index) == 0xFFFF) {
            index++;
        }
        return index;
    }

    private long sequence(int index) {
        return ByteBuffer.wrap(records.get(index))
            .getLong(RECORD_HEADER_LENGTH + SEQUENCE_OFFSET);
    }

    private int count(int index) {
        return ByteBuffer.wrap(records.get(index)).getShort(RECORD_HEADER_LENGTH + COUNT_OFFSET)
            & 0xFFFF;
    }

    /** Changes the price of one added order behind the middle; returns the message's number. */
    private int flipAPrice() {
        for (int index = dataRecord(records.size() / 2);; index = dataRecord(index + 1)) {
            byte[] bytes = records.get(index);
            int at = RECORD_HEADER_LENGTH + FRAME_HEADER_LENGTH + MOLD_HEADER_LENGTH;
            for (int i = 0; i < count(index); i++) {
                if (bytes[at + 2] == 'A') {
                    bytes[at + 2 + LAST_BYTE_OF_PRICE] ^= 1;
                    return (int) sequence(index) + i;
                }
                at += 2 + ByteBuffer.wrap(bytes).getShort(at);
            }
        }
    }
}
