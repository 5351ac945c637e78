// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.simulator.NaiveBooks;
import io.millrace.simulator.wire.ImpairmentContext;
import io.millrace.simulator.wire.StreamContext;
import io.millrace.simulator.wire.StreamCount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A snapshot and the live session from its number on are the whole books. */
class GlimpseAgentTest {
    private static final int PATIENCE = 1_000_000;

    private final VenueRun run = new VenueRun(new ImpairmentContext());
    private final List<SoupClient> clients = new ArrayList<>();
    private GlimpseAgent glimpse;

    @AfterEach
    void close() throws IOException {
        clients.forEach(SoupClient::close);
        glimpse.onClose();
        run.close();
    }

    @Test
    void shouldGiveTheFullBooksWithTheLiveTailWheneverOneJoins() {
        start(new StreamContext());
        for (int messages = 0; messages < VenueRun.MESSAGES; messages += 2_500) {
            int target = messages;
            step(() -> run.agent.messagesSent() >= target);
            clients.add(new SoupClient(glimpse.port()).login("", 1));
            step(() -> !newest().ofType('S').isEmpty());
        }
        step(() -> clients.stream().allMatch(GlimpseAgentTest::hasSnapshot));
        run.toEnd();
        List<Long> joins = new ArrayList<>();
        for (SoupClient client : clients) {
            joins.add(joinSequence(client));
            assertBooks(client, "TEST      ");
        }
        for (int i = 0; i < joins.size(); i++) {
            assertTrue(joins.get(i) > i * 2_500L, "joins " + joins);
        }
        assertTrue(joins.get(1) < 5_000, "a snapshot is of its time: " + joins);
    }

    @Test
    void shouldTellSecuritiesStatesAndOrdersAsTheLiveSessionDid() {
        start(new StreamContext());
        run.toEnd();
        SoupClient client = snapshot();
        List<byte[]> snapshot = client.ofType('S');
        List<byte[]> live = new ArrayList<>();
        run.data(0).forEach(datagram -> live.addAll(VenueRun.messages(datagram)));
        StringBuilder types = new StringBuilder();
        int known = 0;
        for (byte[] message : snapshot) {
            char type = (char) message[0];
            types.append(types.indexOf("" + type) < 0 ? "" + type : "");
            boolean isState = StateMessages.TYPES.indexOf(type) >= 0;
            boolean isLive = live.stream().anyMatch(sent -> Arrays.equals(sent, message));
            assertTrue(isLive || !isState, "state " + type + " as it was told");
            known += isLive && !isState ? 1 : 0;
        }
        assertTrue(types.toString().startsWith("SRHYLVK"), types.toString());
        assertEquals("AFG", types.toString().replaceAll("[SRHYLVKJh]", "").chars().sorted()
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString());
        assertTrue(known > run.agent.flow().books().liveOrders() / 2, "orders as added " + known);
        assertEquals(VenueRun.SYMBOLS, count(snapshot, 'R'));
        assertEquals(VenueRun.SYMBOLS, count(snapshot, 'H'));
        assertEquals(run.agent.flow().books().liveOrders(),
            count(snapshot, 'A') + count(snapshot, 'F'));
        assertEquals(VenueRun.MESSAGES + 1, joinSequence(client));
    }

    @Test
    void shouldTellNothingThatWasNotSent() {
        start(new StreamContext());
        for (int i = 1; i <= 5; i++) {
            long target = run.agent.messagesSent() + 500;
            step(() -> run.agent.messagesSent() >= target);
            snapshotOfAVenueThatStandsStill();
        }
    }

    @Test
    void shouldJoinTheSecondSession() {
        run.pacing.restartAtNs(200 * VenueRun.MS);
        start(new StreamContext());
        step(() -> run.agent.messagesSent() >= 16_000);
        SoupClient client = new SoupClient(glimpse.port()).login("TEST2", 1);
        clients.add(client);
        step(() -> hasSnapshot(client));
        run.toEnd();
        assertEquals("ATEST2                        1", client.text(0));
        assertBooks(client, "TEST2     ");
    }

    @Test
    void shouldLetTheNextClientReadWhenOneIsCut() {
        start(new StreamContext().cutAfterMessages(50));
        run.toEnd();
        SoupClient cut = new SoupClient(glimpse.port()).login("", 1);
        clients.add(cut);
        step(() -> cut.isClosed);
        assertEquals(50, cut.ofType('S').size());
        assertEquals(0, count(cut.ofType('S'), 'G'));
        SoupClient resumed = new SoupClient(glimpse.port()).login("", 51);
        clients.add(resumed);
        step(() -> resumed.isClosed);
        assertEquals("JS", resumed.text(0));
        SoupClient next = new SoupClient(glimpse.port()).login("", 1);
        clients.add(next);
        step(() -> next.isClosed);
        assertEquals(50, next.ofType('S').size());
        assertEquals(2, glimpse.truth().of(StreamCount.CUT));
    }

    private void start(StreamContext context) {
        run.context.glimpse(context);
        run.start();
        glimpse = new GlimpseAgent(run.context, run.agent);
    }

    private SoupClient snapshot() {
        SoupClient client = new SoupClient(glimpse.port()).login("", 1);
        clients.add(client);
        step(() -> hasSnapshot(client));
        return client;
    }

    private void snapshotOfAVenueThatStandsStill() {
        SoupClient client = new SoupClient(glimpse.port()).login("", 1);
        clients.add(client);
        for (int i = 0; i < PATIENCE && !hasSnapshot(client); i++) {
            glimpse.doWork();
            client.poll();
        }
        NaiveBooks books = NaiveBooks.ofSnapshot();
        List<byte[]> snapshot = client.ofType('S');
        snapshot.subList(0, snapshot.size() - 1).forEach(message -> apply(books, message));
        assertEquals(run.agent.messagesSent() + 1, joinSequence(client));
        VenueAgentTest.assertBooks(run.agent.books(), books);
    }

    private SoupClient newest() {
        return clients.get(clients.size() - 1);
    }

    private void step(BooleanSupplier condition) {
        for (int i = 0; i < PATIENCE && !condition.getAsBoolean(); i++) {
            run.step(run.agent.isDone() ? 0 : 2_000);
            glimpse.doWork();
            clients.forEach(SoupClient::poll);
        }
        assertTrue(condition.getAsBoolean(), "in time");
    }

    private void assertBooks(SoupClient client, String session) {
        NaiveBooks books = NaiveBooks.ofSnapshot();
        List<byte[]> snapshot = client.ofType('S');
        snapshot.subList(0, snapshot.size() - 1).forEach(message -> apply(books, message));
        long join = joinSequence(client);
        for (byte[] datagram : run.data(0)) {
            long sequence = VenueRun.sequence(datagram);
            if (!VenueRun.session(datagram).equals(session)) {
                continue;
            }
            for (byte[] message : VenueRun.messages(datagram)) {
                if (sequence++ >= join) {
                    apply(books, message);
                }
            }
        }
        VenueAgentTest.assertBooks(run.agent.flow().books(), books);
    }

    private static void apply(NaiveBooks books, byte[] message) {
        books.onMessage(new UnsafeBuffer(message), 0, message.length);
    }

    private static boolean hasSnapshot(SoupClient client) {
        return !client.packets.isEmpty()
            && client.packets.get(client.packets.size() - 1).length == 22
            && client.packets.get(client.packets.size() - 1)[1] == 'G';
    }

    private static long joinSequence(SoupClient client) {
        String end = new String(client.packets.get(client.packets.size() - 1),
            StandardCharsets.US_ASCII);
        return Long.parseLong(end.substring(2).trim());
    }

    private static long count(List<byte[]> messages, char type) {
        return messages.stream().filter(message -> message[0] == type).count();
    }
}
