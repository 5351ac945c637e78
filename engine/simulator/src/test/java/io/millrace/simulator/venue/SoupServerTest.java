// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.simulator.wire.ImpairmentContext;
import io.millrace.simulator.wire.StreamContext;
import io.millrace.simulator.wire.StreamCount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SoupServerTest {
    private static final int PATIENCE = 1_000_000;

    private final VenueRun run = new VenueRun(new ImpairmentContext());
    private final List<SoupClient> clients = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        clients.forEach(SoupClient::close);
        run.close();
    }

    @Test
    void shouldSendTheWholeSessionFromTheStartAndItsEnd() {
        startAndEnd(new StreamContext());
        SoupClient client = connect().login("", 1);
        until(() -> client.isClosed);
        assertEquals("ATEST                         1", client.text(0));
        assertMessages(1, client.ofType('S'));
        assertEquals("Z", client.text(client.packets.size() - 1));
        assertEquals(2 + VenueRun.MESSAGES, client.packets.size());
        assertEquals("connected 1, accepted 1, messages 20,000, ended 1",
            run.agent.stream().toString());
    }

    @Test
    void shouldResumeAtTheNumberThatACutClientWantsNext() {
        run.context.stream(new StreamContext().cutAfterMessages(700));
        run.start();
        List<byte[]> got = new ArrayList<>();
        int connections = 0;
        while (got.size() < VenueRun.MESSAGES) {
            SoupClient client = connect().login("TEST", got.size() + 1);
            connections++;
            untilStepping(() -> client.isClosed);
            assertEquals(String.format("ATEST      %20d", got.size() + 1), client.text(0));
            got.addAll(client.ofType('S'));
        }
        run.toEnd();
        assertMessages(1, got);
        assertEquals(29, connections);
        assertEquals(28, run.agent.stream().of(StreamCount.CUT));
    }

    @Test
    void shouldSendWhatComesToAClientThatWantsTheNewest() {
        run.context.stream(new StreamContext());
        run.start();
        while (run.agent.messagesSent() < 9_000) {
            run.step(20_000);
        }
        SoupClient client = connect().login("", 0);
        until(() -> !client.packets.isEmpty());
        long first = Long.parseLong(client.text(0).substring(11).trim());
        untilStepping(() -> client.isClosed);
        assertTrue(first >= 9_000 && first < 10_000, "first " + first);
        run.toEnd();
        assertMessages(first, client.ofType('S'));
        assertEquals(VenueRun.MESSAGES - first + 1, client.ofType('S').size());
    }

    @Test
    void shouldRejectWrongLoginsAndUnknownSessions() {
        startAndEnd(new StreamContext());
        SoupClient user = connect().login("other", "RACE", "", "1");
        SoupClient password = connect().login("MILL", "RICE", "", "1");
        SoupClient session = connect().login("OLDER", 1);
        SoupClient number = connect().login("MILL", "RACE", "", "1x");
        for (SoupClient client : clients) {
            until(() -> client.isClosed);
        }
        assertEquals(List.of("JA", "JA", "JS", "JS"),
            List.of(user.text(0), password.text(0), session.text(0), number.text(0)));
        assertEquals("connected 4, not authorised 2, not available 2",
            run.agent.stream().toString());
    }

    @Test
    void shouldSendHeartbeatsInSilenceAndGiveUpASilentClient() {
        run.context.stream(new StreamContext());
        run.pacing.startDelayNs(60_000 * VenueRun.MS);
        run.start();
        SoupClient alive = connect().login("", 1);
        SoupClient silent = connect().login("", 1);
        until(() -> alive.packets.size() == 1 && silent.packets.size() == 1);
        for (int second = 0; second < 20; second++) {
            run.step(1_001 * VenueRun.MS);
            alive.send((byte) 0, (byte) 1, (byte) 'R');
            settle();
        }
        assertEquals(20, alive.ofType('H').size());
        assertFalse(alive.isClosed);
        until(() -> silent.isClosed);
        assertEquals(1, run.agent.stream().of(StreamCount.TIMED_OUT));
    }

    @Test
    void shouldCloseConnectionsThatDoNotSpeakTheProtocol() {
        startAndEnd(new StreamContext().maxClients(3));
        connect().send((byte) 0, (byte) 0);
        connect().send((byte) 0xFF, (byte) 0xFF, (byte) 'U');
        connect().send((byte) 0, (byte) 1, (byte) 'L');
        for (SoupClient client : clients) {
            until(() -> client.isClosed);
        }
        SoupClient logout = connect().send((byte) 0, (byte) 1, (byte) 'O');
        until(() -> logout.isClosed);
        assertEquals("connected 4, logged out 1, malformed 3", run.agent.stream().toString());
    }

    @Test
    void shouldRefuseMoreClientsThanItTakes() {
        startAndEnd(new StreamContext().maxClients(2));
        connect();
        connect();
        SoupClient third = connect();
        until(() -> third.isClosed);
        assertEquals("connected 2, refused 1", run.agent.stream().toString());
    }

    @Test
    void shouldEndASessionThatAnotherFollows() {
        run.context.stream(new StreamContext());
        run.pacing.restartAtNs(200 * VenueRun.MS);
        run.start();
        SoupClient client = connect().login("", 1);
        untilStepping(() -> client.isClosed);
        List<byte[]> first = run.data(0).stream()
            .filter(datagram -> VenueRun.session(datagram).equals("TEST      ")).toList();
        assertEquals(first.stream().mapToInt(VenueRun::count).sum(), client.ofType('S').size());
        assertEquals("Z", client.text(client.packets.size() - 1));
    }

    private void startAndEnd(StreamContext context) {
        run.context.stream(context);
        run.start().toEnd();
    }

    private SoupClient connect() {
        SoupClient client = new SoupClient(run.agent.streamPort());
        clients.add(client);
        return client;
    }

    private void until(BooleanSupplier condition) {
        step(0, condition);
    }

    private void untilStepping(BooleanSupplier condition) {
        step(5_000, condition);
    }

    private void step(long ns, BooleanSupplier condition) {
        for (int i = 0; i < PATIENCE && !condition.getAsBoolean(); i++) {
            run.step(ns);
            clients.forEach(SoupClient::poll);
        }
        assertTrue(condition.getAsBoolean(), "in time");
    }

    private void settle() {
        for (int i = 0; i < 200; i++) {
            run.step(0);
            clients.forEach(SoupClient::poll);
        }
    }

    private void assertMessages(long first, List<byte[]> actual) {
        List<byte[]> all = new ArrayList<>();
        run.data(0).forEach(datagram -> all.addAll(VenueRun.messages(datagram)));
        for (int i = 0; i < actual.size(); i++) {
            assertArrayEquals(all.get((int) first - 1 + i), actual.get(i));
        }
    }
}
