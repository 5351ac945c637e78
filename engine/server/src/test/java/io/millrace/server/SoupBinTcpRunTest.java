// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.itch50.SystemEventEncoder;
import io.millrace.feed.soupbintcp.SoupBinTcpPacketEncoder;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pipeline")
class SoupBinTcpRunTest {
    private static final String PASSWORD = "PASS1234";
    private static final int LOGIN_LENGTH = 49;
    private static final int MESSAGES = 1_000;

    @TempDir
    private Path folder;
    private final SoupBinTcpPacketEncoder packets = new SoupBinTcpPacketEncoder();
    private final UnsafeBuffer packet = new UnsafeBuffer(new byte[64]);
    private volatile String login = "";

    @Test
    void shouldRunALineByConnectionAndShowThePasswordNowhere() throws Exception {
        Path journal = folder.resolve("journal");
        Path secret = Files.writeString(folder.resolve("secret"), PASSWORD + "\n");
        try (ServerSocket listener =
                 new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread venue = new Thread(() -> serve(listener), "venue");
            venue.start();
            CommandRun run = CommandRun.of("run", "--feed", "itch50", "--for", "2s",
                "--feed.transport", "soupbintcp", "--soupbintcp.port",
                Integer.toString(listener.getLocalPort()), "--soupbintcp.username", "USER01",
                "--soupbintcp.password-file", secret.toString(),
                "--journal.directory", journal.toString());
            venue.join(10_000);
            CommandRun described = CommandRun.of("journal", "ls", "--json", journal.toString());

            assertAll(
                () -> assertEquals(0, run.exitCode(), run.out() + run.log()),
                () -> assertTrue(run.out().contains("received 1,000, declared gaps 0"), run.out()),
                () -> assertTrue(run.out().contains("next message 1001, session ended"),
                    run.out()),
                () -> assertTrue(login.contains(PASSWORD)),
                () -> assertFalse((run.out() + run.log() + described.out()).contains(PASSWORD)),
                () -> assertFalse(isInAnyFile(journal)));
        }
    }

    @Test
    void shouldRefuseToRunWithoutAPassword() {
        CommandRun run = CommandRun.of("run", "--feed", "itch50", "--feed.transport", "soupbintcp",
            "--soupbintcp.port", "1", "--soupbintcp.username", "U", "--journal.directory",
            folder.toString());

        assertEquals(2, run.exitCode());
        assertTrue(run.log().contains("MILLRACE_SOUPBINTCP_PASSWORD"), run.log());
    }

    private void serve(ServerSocket listener) {
        try (Socket client = listener.accept()) {
            byte[] bytes = new byte[LOGIN_LENGTH];
            new DataInputStream(client.getInputStream()).readFully(bytes);
            login = new String(bytes, StandardCharsets.US_ASCII);
            send(client, packets.loginAccepted(packet, 0,
                "DAY1      ".getBytes(StandardCharsets.US_ASCII), 1));
            byte[] message = new byte[SystemEventEncoder.BLOCK_LENGTH];
            new SystemEventEncoder().wrap(new UnsafeBuffer(message), 0)
                .messageType((byte) 'S').eventCode((byte) 'Q');
            for (int i = 0; i < MESSAGES; i++) {
                send(client, packets.data(packet, 0, 'S', new UnsafeBuffer(message), 0,
                    message.length));
            }
            send(client, packets.bare(packet, 0, 'Z'));
        } catch (IOException failure) {
            login = failure.toString();
        }
    }

    private void send(Socket client, int length) throws IOException {
        client.getOutputStream().write(packet.byteArray(), 0, length);
    }

    private static boolean isInAnyFile(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (text.contains(PASSWORD)) {
                    return true;
                }
            }
        }
        return false;
    }
}
