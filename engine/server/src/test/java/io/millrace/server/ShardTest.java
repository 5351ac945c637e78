// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two engines with half of the securities each are one engine with all of them. */
class ShardTest {
    private static final String RATE = TestJournal.IS_FULL ? "40000" : "5000";
    private static final String SYMBOLS = TestJournal.IS_FULL ? "5000" : "200";
    private static final Pattern SENT = Pattern.compile("^messages +sent ([\\d,]+) = ",
        Pattern.MULTILINE);
    private static final int SPAN_S = TestJournal.IS_FULL ? 20 : 5;

    @TempDir
    private Path folder;

    @Test
    void shouldHaveEverySecurityInExactlyOneShardWhenADayIsImported() throws IOException {
        Path day = folder.resolve("day.itch50");
        CommandRun.of("generate", "--to", day.toString(), "--messages", "60000", "--symbols",
            "300", "--length", "20s");
        List<Path> epochs = new ArrayList<>();
        for (String shard : List.of("0/1", "0/3", "1/3", "2/3")) {
            Path root = folder.resolve(shard.replace('/', '-'));
            CommandRun run = CommandRun.of("import", "--feed", "itch50", day.toString(),
                "--journal", root.toString(), "--date", TestJournal.DATE, "--engine.shard", shard);
            assertEquals(0, run.exitCode(), run.log());
            epochs.add(root.resolve(TestJournal.DATE));
            assertEquals(0, CommandRun.of("replay", root.toString(), "--prove").exitCode());
        }
        compare(epochs);
    }

    @Test
    @Tag("pipeline")
    @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldHaveEverySecurityInExactlyOneShardOnTheSameLines() throws IOException {
        List<String> ports = freePorts();
        List<LongRun> shards = new ArrayList<>();
        for (String shard : List.of("0/2", "1/2")) {
            shards.add(LongRun.start(arguments(shard, ports, "--feed", "itch50", "--feed.venue",
                "SIMA", "--shard", shard, "--recovery.servers", "127.0.0.1:" + ports.get(2),
                "--breaker.open-after-ms", "60000",
                "--edge.enabled", "false")));
        }
        await(shards, () -> Files.exists(folder.resolve("0-2"))
            && Files.exists(folder.resolve("1-2")));
        CommandRun whole = CommandRun.of(arguments("0/1", ports, "--feed", "simulator", "--for",
            SPAN_S + "s", "--simulator.request-server", "on", "--simulator.request-port",
            ports.get(2), "--simulator.messages-per-second", RATE, "--simulator.symbols", SYMBOLS,
            "--simulator.live-orders", "2000"));
        assertEquals(0, whole.exitCode(), whole.out() + whole.log());

        Matcher sent = SENT.matcher(whole.out());
        assertTrue(sent.find(), whole.out());
        String all = " " + sent.group(1) + " messages  0 gaps";
        await(shards, () -> shards.stream().allMatch(shard -> shard.text().contains(all)));
        shards.forEach(LongRun::end);
        compare(Stream.of("0-1", "0-2", "1-2").map(name -> epoch(folder.resolve(name))).toList());
    }

    /** Returns when it holds, or when a shard ended by itself; the test's time-out is the end. */
    private static void await(List<LongRun> shards, BooleanSupplier condition) {
        while (!condition.getAsBoolean() && shards.stream().noneMatch(LongRun::isDone)) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Engines that share the cores of one machine must not all be pinned to the same. */
    private String[] arguments(String shard, List<String> ports, String... flags) {
        List<String> all = new ArrayList<>(List.of("run", "--journal.directory",
            folder.resolve(shard.replace('/', '-')).toString(), "--feed.multicast-group",
            "239.77.9.1", "--feed.multicast-group-b", "239.77.9.2", "--feed.port", ports.get(0),
            "--feed.port-b", ports.get(1), "--engine.inbound-capacity", "131072",
            "--engine.max-instruments", "8192", "--engine.max-orders", "100000",
            "--engine.threading", "shared", "--engine.cores", "none"));
        Collections.addAll(all, flags);
        return all.toArray(String[]::new);
    }

    private static void compare(List<Path> epochs) {
        SymbolEvents whole = SymbolEvents.read(epochs.get(0));
        Map<String, List<Long>> union = new TreeMap<>();
        long count = 0;
        for (Path epoch : epochs.subList(1, epochs.size())) {
            SymbolEvents part = SymbolEvents.read(epoch);
            count += part.count();
            assertTrue(Collections.disjoint(union.keySet(), part.bySymbol().keySet()));
            assertTrue(part.bySymbol().size() * 5 > whole.bySymbol().size(), "a fair share");
            union.putAll(part.bySymbol());
        }
        System.out.printf("shards: %,d events of %d symbols in one, %,d in %d%n", whole.count(),
            whole.bySymbol().size(), count, epochs.size() - 1);
        assertEquals(whole.bySymbol().keySet(), union.keySet());
        assertEquals(List.of(), union.keySet().stream()
            .filter(symbol -> !union.get(symbol).equals(whole.bySymbol().get(symbol))).toList());
    }

    private static Path epoch(Path root) {
        try (Stream<Path> files = Files.list(root)) {
            return files.filter(Files::isDirectory).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of two lines and a request server. */
    private static List<String> freePorts() throws IOException {
        try (DatagramSocket a = new DatagramSocket(); DatagramSocket b = new DatagramSocket();
            DatagramSocket c = new DatagramSocket()) {
            return Stream.of(a, b, c).map(socket -> Integer.toString(socket.getLocalPort()))
                .toList();
        }
    }
}
