// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.feed.FeedCounters;
import io.millrace.feed.FeedSession;
import io.millrace.feed.IngressLine;
import io.millrace.feed.SessionStart;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.feed.transport.MulticastReceiver;
import io.millrace.feed.transport.RequestChannel;
import io.millrace.server.config.ConfigOptions;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.ConfigurationException;
import io.millrace.server.config.ConfigurationLoader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedLinesTest {
    @Test
    void shouldOpenOneLineByDefaultAndTwoWhenAsked() throws IOException {
        List<MulticastReceiver> one = FeedLines.receivers(configuration(Map.of()), () -> 0);
        List<MulticastReceiver> two = FeedLines.receivers(configuration(Map.of(
            "feed.multicast-group-b", "239.77.1.2", "feed.sender-b", "127.0.0.1")), () -> 0);
        List<IngressLine> lines = FeedLines.lines(two, session(), new FeedCounters());

        assertEquals(1, one.size());
        assertEquals(List.of(1, 2), lines.stream().map(IngressLine::number).toList());
        assertTrue(two.get(1).name().startsWith("239.77.1.2:0@127.0.0.1"), two.get(1).name());
        CloseHelper.closeAll(one);
        CloseHelper.closeAll(two);
    }

    @Test
    void shouldOpenTheWayToEachServer() throws IOException {
        assertEquals(List.of(20_001, 20_002),
            serverPorts(Map.of("recovery.servers", "127.0.0.1:20001,localhost:20002")));
        assertEquals(List.of(), serverPorts(Map.of()));
        assertEquals(List.of(), serverPorts(Map.of("recovery.servers", "none")));
    }

    private static List<Integer> serverPorts(Map<String, String> flags) throws IOException {
        List<RequestChannel> servers = FeedLines.servers(configuration(flags), () -> 0);
        CloseHelper.closeAll(servers);
        return servers.stream().map(server -> server.server().getPort()).toList();
    }

    @Test
    void shouldTakeEveryOptionOfTheRecovery() {
        RecoveryContext recovery = FeedLines.recovery(configuration(Map.of(
            "recovery.reorder-window-us", "7", "recovery.reorder-window-packets", "8",
            "recovery.request-messages", "9", "recovery.request-attempts", "10",
            "recovery.requests-in-flight", "11", "recovery.request-timeout-ms", "12",
            "recovery.request-timeout-limit-ms", "13", "recovery.give-up-ms", "14",
            "recovery.hold-mb", "15", "recovery.hold-packets", "16")));

        assertEquals(List.of(7_000L, 8, 9, 10, 11, 12_000_000L, 13_000_000L, 14_000_000L,
            15 << 20, 16), List.of(recovery.reorderWindowNs(), recovery.reorderWindowPackets(),
            recovery.requestMessages(), recovery.requestAttempts(), recovery.requestsInFlight(),
            recovery.requestTimeoutNs(), recovery.requestTimeoutLimitNs(), recovery.giveUpNs(),
            recovery.holdLengthBytes(), recovery.holdPackets()));
        assertEquals(SessionStart.FIRST_PACKET, FeedLines.start(configuration(Map.of(
            "feed.session-start", "first-packet"))));
    }

    @Test
    void shouldHaveTheSameDefaultsAsTheRecoveryItself() {
        RecoveryContext table = FeedLines.recovery(configuration(Map.of()));
        RecoveryContext room = new RecoveryContext();

        assertEquals(List.of(room.reorderWindowNs(), room.reorderWindowPackets(),
            room.requestMessages(), room.requestAttempts(), room.requestsInFlight(),
            room.requestTimeoutNs(), room.requestTimeoutLimitNs(), room.giveUpNs(),
            room.holdLengthBytes(), room.holdPackets()), List.of(table.reorderWindowNs(),
            table.reorderWindowPackets(), table.requestMessages(), table.requestAttempts(),
            table.requestsInFlight(), table.requestTimeoutNs(), table.requestTimeoutLimitNs(),
            table.giveUpNs(), table.holdLengthBytes(), table.holdPackets()));
    }

    @ParameterizedTest
    @CsvSource({"recovery.reorder-window-us, 0, 60000000",
        "recovery.reorder-window-packets, 1, 1048576", "recovery.request-messages, 1, 65534",
        "recovery.request-attempts, 1, 100", "recovery.requests-in-flight, 1, 4096",
        "recovery.request-timeout-ms, 1, 60000", "recovery.request-timeout-limit-ms, 1, 60000",
        "recovery.give-up-ms, 1, 3600000", "recovery.hold-mb, 1, 1024",
        "recovery.hold-packets, 1, 4194304"})
    void shouldTakeWhatTheTableTakes(String key, long least, long most) {
        assertEquals(List.of(false, true, true, false), List.of(accepts(key, least - 1),
            accepts(key, least), accepts(key, most), accepts(key, most + 1)));
        for (long value : new long[] {least, most}) {
            String timeout = key.equals("recovery.request-timeout-limit-ms") ? "1" : "50";
            String limit = key.equals("recovery.request-timeout-ms") ? "60000" : "1000";
            Map<String, String> flags = new HashMap<>(Map.of(
                "recovery.request-timeout-ms", timeout,
                "recovery.request-timeout-limit-ms", limit));
            flags.put(key, Long.toString(value));
            FeedLines.recovery(configuration(flags));
        }
    }

    @ParameterizedTest
    @CsvSource({"recovery.servers, '10.1.2.3'", "recovery.servers, '10.1.2.3:0'",
        "recovery.servers, '10.1.2.3:65536'", "recovery.servers, 'a:1,,b:2'",
        "recovery.servers, ''", "feed.multicast-group-b, 10.1.2.3", "feed.sender, everybody",
        "feed.interface-b, eth0", "feed.session-start, second-packet"})
    void shouldRefuseWhatIsNoSuchThing(String key, String value) {
        assertEquals(false, ConfigOptions.get(key).rule().accepts(value));
    }

    @Test
    void shouldRefuseContradictions() {
        assertEquals(List.of("recovery.request-timeout-ms: 2000 is above"
            + " recovery.request-timeout-limit-ms, which is 1000"),
            problems(Map.of("recovery.request-timeout-ms", "2000")));
        assertEquals(List.of("feed.multicast-group-b: group, port and sender are those of line A;"
            + " name others, or none"),
            problems(Map.of("feed.multicast-group-b", "239.77.1.1")));
    }

    private static List<String> problems(Map<String, String> flags) {
        return assertThrows(ConfigurationException.class,
            () -> RunOptions.check(configuration(flags), Map.of())).problems();
    }

    private static boolean accepts(String key, long value) {
        return ConfigOptions.get(key).rule().accepts(Long.toString(value));
    }

    private static Configuration configuration(Map<String, String> flags) {
        return new ConfigurationLoader().flags(flags).conclude();
    }

    private static FeedSession session() {
        return new FeedSession() {
            @Override
            public int eventLimit(DirectBuffer buffer, int offset, int length) {
                return 0;
            }

            @Override
            public void onPacket(DirectBuffer buffer, int offset, int length,
                                 long receiveTimeNs) {
                throw new IllegalStateException();
            }
        };
    }
}
