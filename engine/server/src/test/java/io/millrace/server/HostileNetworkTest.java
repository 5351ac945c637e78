// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two venues on two lines each, into which somebody else sends what is malformed. */
@Tag("pipeline")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileNetworkTest {
    private static final int HOSTILE = TestJournal.IS_FULL ? 1_000_000 : 20_000;
    private static final String SPAN = TestJournal.IS_FULL ? "100s" : "6s";
    private static final Pattern REFUSED = Pattern.compile("^decoder .* (\\d+) suspicious, "
        + "(\\d+) foreign, (\\d+) malformed packets, .*: holds$", Pattern.MULTILINE);
    private static final Pattern ALL = Pattern.compile("^decoder .* (\\d+) packets, \\d+ heart",
        Pattern.MULTILINE);
    private static final Pattern GOOD = Pattern.compile("^line [AB] +([\\d,]+) packets",
        Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @Test
    void shouldDeliverTheGoodTrafficUnharmedAndCountTheRest() throws IOException {
        int portA = freePort();
        int portB = freePort();
        try (HostileSender sender = new HostileSender()) {
            for (int venue = 0; venue < 2; venue++) {
                sender.add("239.77." + (11 + venue) + ".1", portA, venue == 1);
                sender.add("239.77." + (11 + venue) + ".129", portB, venue == 1);
            }
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(sender));
            CommandRun run = CommandRun.of("run", "--feed", "simulator", "--for", SPAN, "--prove",
                "--journal.directory", folder.toString(), "--simulator.venues", "itch50,iex-deep",
                "--feed.multicast-group", "239.77.11.1", "--feed.port", Integer.toString(portA),
                "--feed.multicast-group-b", "239.77.11.129", "--feed.port-b",
                Integer.toString(portB), "--simulator.request-server", "on",
                "--simulator.messages-per-second", "5000", "--simulator.symbols", "200",
                "--simulator.live-orders", "2000", "--engine.inbound-capacity", "262144",
                "--engine.max-instruments", "1024", "--engine.max-orders", "100000");
            System.out.println(run.out());
            assertEquals(0, run.exitCode(), run.out() + run.log());
            assertTrue(sent.isDone(), "all were sent while the good traffic ran");
            assertRefused(run);
        }
    }

    /** Those that the kernel had no room for were neither counted nor seen. */
    private static void assertRefused(CommandRun run) {
        long refused = sum(REFUSED, run.out());
        long good = sum(GOOD, run.out());
        System.out.printf("hostile lines: %,d sent, %,d refused, %,d good packets%n", HOSTILE,
            refused, good);
        assertEquals(sum(ALL, run.out()), refused + good);
        assertTrue(refused <= HOSTILE && refused > HOSTILE * 0.9, refused + " of " + HOSTILE);
    }

    private static long sum(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        long sum = 0;
        while (matcher.find()) {
            for (int i = 1; i <= matcher.groupCount(); i++) {
                sum += Long.parseLong(matcher.group(i).replace(",", ""));
            }
        }
        return sum;
    }

    private static void send(HostileSender sender) {
        try {
            sender.send(HOSTILE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return socket.getLocalPort();
        }
    }
}
