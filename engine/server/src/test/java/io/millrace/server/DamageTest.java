// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.event.EventDescriptor;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("prove")
class DamageTest {
    private static final Pattern EVENTS = Pattern.compile("events (\\d+) to (\\d+)");
    private static final Pattern INTERVAL = Pattern.compile("inbound events (\\d+) to (\\d+)");
    private static final int FLIPS = TestJournal.IS_FULL ? 100 : 10;
    private static final int INTERVAL_EVENTS = 1_024;

    @TempDir
    private Path folder;

    @Test
    void shouldNameTheExcerptAndTheIntervalOfAFlippedPrice() throws IOException {
        Path epoch = day();
        byte[] added = orderAdded(epoch, 20_000);
        long sequence = ByteBuffer.wrap(added).order(ByteOrder.LITTLE_ENDIAN)
            .getLong(EventDescriptor.HEADER_LENGTH + EventDescriptor.SEQUENCE_OFFSET);
        Path file = dataFiles(epoch.resolve("inbound")).get(0);
        byte[] bytes = Files.readAllBytes(file);
        int at = indexOf(bytes, added) + EventDescriptor.HEADER_LENGTH
            + OrderAddedDecoder.priceEncodingOffset() + 2;
        bytes[at] ^= 0x10;
        Files.write(file, bytes);

        CommandRun verify = CommandRun.of("journal", "verify", epoch.toString());
        CommandRun prove = CommandRun.of("replay", epoch.toString(), "--prove");

        assertEquals(1, verify.exitCode(), verify.out());
        assertHolds(EVENTS, verify.out(), sequence);
        assertEquals(1, prove.exitCode(), prove.out());
        assertHolds(INTERVAL, prove.out(), sequence);
        System.out.print("flipped the price of inbound event " + sequence + "\n" + verify.out()
            + prove.out());
    }

    @Test
    void shouldNameEveryRandomFlipOrSayThatItHitsNoEvent() throws IOException {
        Path epoch = day();
        Random random = new Random(42);
        int named = 0;
        int harmless = 0;
        for (int i = 0; i < FLIPS; i++) {
            Path copy = TestJournal.copy(epoch, folder.resolve("flip"));
            List<Path> files = dataFiles(copy);
            Path file = files.get(random.nextInt(files.size()));
            byte[] bytes = Files.readAllBytes(file);
            int at = random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bytes);

            CommandRun verify = CommandRun.of("journal", "verify", copy.toString());

            if (verify.exitCode() == 1) {
                assertTrue(EVENTS.matcher(verify.out()).find()
                    || verify.out().contains("no event hit"),
                    file + " at " + at + ": " + verify.out());
                named++;
            } else {
                assertEquals(0, verify.exitCode(), verify.log());
                assertEquals(0, CommandRun.of("replay", copy.toString(), "--prove").exitCode(),
                    file + " at " + at);
                harmless++;
            }
            IoUtil.delete(copy.toFile(), false);
        }
        System.out.println(FLIPS + " random flips: " + named + " named, " + harmless
            + " hit no event");
        assertEquals(FLIPS, named + harmless);
    }

    private Path day() {
        Path file = folder.resolve("day.itch50");
        CommandRun.of("generate", "--to", file.toString(), "--messages", "30000", "--symbols", "50",
            "--length", "2s");
        return TestJournal.imported(folder, file, "--simulated",
            "--engine.fingerprint-interval", Integer.toString(INTERVAL_EVENTS));
    }

    private static byte[] orderAdded(Path epoch, long from) {
        try (JournalTail tail = JournalTail.written(epoch, JournalQueue.INBOUND)) {
            tail.seekSequence(from);
            while (tail.next()) {
                if (tail.event().templateId() == OrderAddedDecoder.TEMPLATE_ID) {
                    byte[] bytes = new byte[tail.event().length()];
                    tail.event().buffer().getBytes(
                        tail.event().offset() - EventDescriptor.HEADER_LENGTH, bytes);
                    return bytes;
                }
            }
        }
        throw new AssertionError("no order was added");
    }

    private static void assertHolds(Pattern range, String text, long sequence) {
        Matcher matcher = range.matcher(text);
        assertTrue(matcher.find(), text);
        assertTrue(Long.parseLong(matcher.group(1)) <= sequence
            && sequence <= Long.parseLong(matcher.group(2)), sequence + " is not within " + text);
    }

    private static List<Path> dataFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".cq4")).sorted().toList();
        }
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new AssertionError("the event is not in the file");
    }
}
