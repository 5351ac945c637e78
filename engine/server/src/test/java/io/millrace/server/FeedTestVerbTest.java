// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pipeline")
class FeedTestVerbTest {
    private static final String LOOPBACK = "127.0.0.1";

    @Test
    void shouldSayWhatCameOnEachLine() {
        CommandRun run = CommandRun.of("feed", "test", "--for", "3s", "--feed", "simulator",
            "--feed.multicast-group", "239.79.1.1", "--feed.multicast-group-b", "239.79.1.2",
            "--simulator.messages-per-second", "3000", "--simulator.symbols", "10",
            "--simulator.live-orders", "100");

        assertAll(
            () -> assertEquals(0, run.exitCode(), run.out() + run.log()),
            () -> assertEquals(3, run.lines().size(), run.out()),
            () -> assertTrue(run.lines().get(1).matches("SIMA  A .*239\\.79\\.1\\.1.* ok"),
                run.out()),
            () -> assertTrue(run.lines().get(2).matches("SIMA  B .*239\\.79\\.1\\.2.* ok"),
                run.out()));
    }

    @Test
    void shouldNameOptionValueAndRemedyOfALineOnWhichNothingCame() {
        CommandRun run = CommandRun.of("feed", "test", "--for", "300ms", "--feed", "itch50",
            "--feed.multicast-group", "239.79.2.1", "--feed.port", "39472", "--json");

        assertAll(
            () -> assertEquals(1, run.exitCode(), run.out() + run.log()),
            () -> assertTrue(run.out().startsWith("{\"feed\":\"XNAS\",\"line\":\"A\",\"name\":\""
                + "239.79.2.1:39472@127.0.0.1\",\"datagrams\":0,\"packets\":0,\"messages\":0,"
                + "\"problem\":\""), run.out()),
            () -> assertTrue(run.log().contains("problem: feed.multicast-group '239.79.2.1':"
                + " nothing came on 239.79.2.1:39472@127.0.0.1. Is it the venue's group, and"
                + " feed.port '39472' its port?"), run.log()),
            () -> assertTrue(run.log().contains("feed.interface '127.0.0.1' face"), run.log()));
    }

    @Test
    void shouldTellAnotherProtocolFromSilence() throws Exception {
        CountDownLatch isOver = new CountDownLatch(1);
        Thread sender = new Thread(() -> sendUntil(isOver), "stranger");
        sender.start();
        CommandRun run = CommandRun.of("feed", "test", "--for", "1s", "--feed", "itch50",
            "--feed.multicast-group", "239.79.3.1", "--feed.port", "39473");
        isOver.countDown();
        sender.join();

        assertEquals(1, run.exitCode(), run.out() + run.log());
        assertTrue(run.log().contains("problem: feed.source: 'itch50' is not what comes on"
            + " 239.79.3.1:39473"), run.log());
    }

    @Test
    void shouldSayThatAServerCannotBeReached() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            port = free.getLocalPort();
        }
        CommandRun run = CommandRun.of(Map.of("MILLRACE_SOUPBINTCP_PASSWORD", "PASS1234"), "feed",
            "test", "--for", "500ms", "--feed", "itch50", "--feed.transport", "soupbintcp",
            "--soupbintcp.port", Integer.toString(port), "--soupbintcp.username", "USER01");

        assertEquals(1, run.exitCode(), run.out() + run.log());
        assertTrue(run.log().contains("problem: soupbintcp.host '127.0.0.1': cannot be reached on"
            + " soupbintcp.port '" + port + "'"), run.log());
    }

    @Test
    void shouldRefuseAConfigurationThatIsWrongByItself() {
        CommandRun run = CommandRun.of("feed", "test", "--feed", "itch50", "--feed.transport",
            "soupbintcp");

        assertEquals(2, run.exitCode());
        assertTrue(run.log().contains("soupbintcp.port: 0 is no port"), run.log());
    }

    @Test
    void shouldTeach() {
        CommandRun run = CommandRun.of("feed", "test", "--help");

        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("Reading the table"), run.out());
    }

    private static void sendUntil(CountDownLatch isOver) {
        try (MulticastSocket socket = new MulticastSocket()) {
            socket.setNetworkInterface(
                NetworkInterface.getByInetAddress(InetAddress.getByName(LOOPBACK)));
            byte[] bytes = {1, 2, 3, 4};
            while (!isOver.await(10, TimeUnit.MILLISECONDS)) {
                socket.send(new DatagramPacket(bytes, bytes.length,
                    InetAddress.getByName("239.79.3.1"), 39_473));
            }
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
