// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.journal.EpochLock;
import io.millrace.journal.Journal;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.ConfigurationLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that cannot be opened leaves nothing open, so that another try finds all free. */
@Tag("pipeline")
class OpenedPartsTest {
    private static final long FLOW_NS = 1_000_000_000L;
    private static final LocalDate DATE = LocalDate.of(2026, 1, 5);
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @TempDir
    private Path root;

    @Test
    void shouldOpenOnceAPortIsFreeThatWasTaken() throws IOException {
        Map<String, String> options = new HashMap<>(Map.of("glimpse.enabled", "true"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            options.put("simulator.glimpse-port", Integer.toString(taken.getLocalPort()));
            assertThrows(UncheckedIOException.class, () -> open(options));
            Set<String> before = opened();
            assertThrows(UncheckedIOException.class, () -> open(options));
            assertEquals(Set.of(), openedSince(before));
        }
        Set<String> before = opened();
        try (MarketDataServer server = open(options)) {
            assertNotNull(server.epochDirectory());
        }
        assertEquals(Set.of(), openedSince(before));
        open(options).close();
        EpochLock.take(Journal.directory(root, DATE)).close();
    }

    private MarketDataServer open(Map<String, String> options) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("feed.source", "simulator",
            "feed.trading-date", DATE.toString(), "journal.directory", root.toString(),
            "feed.multicast-group", "239.77.15.1", "feed.multicast-group-b", "239.77.15.2",
            "simulator.symbols", "100", "simulator.live-orders", "1000",
            "engine.max-instruments", "256", "engine.max-orders", "10000"));
        all.putAll(options);
        Configuration configuration = new ConfigurationLoader().flags(all).conclude();
        return MarketDataServer.open(configuration, Map.of(), FLOW_NS);
    }

    private Set<String> openedSince(Set<String> before) throws IOException {
        Set<String> now = opened();
        now.removeAll(before);
        return now;
    }

    /** Sockets of this process, and its files in the test's folder; none where nothing tells. */
    private Set<String> opened() throws IOException {
        Set<String> opened = new TreeSet<>();
        if (!Files.isDirectory(DESCRIPTORS)) {
            return opened;
        }
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            for (Path descriptor : all.toList()) {
                String target = Files.isSymbolicLink(descriptor) ? target(descriptor) : "";
                if (target.startsWith("socket:") || target.startsWith(root.toString())) {
                    opened.add(target);
                }
            }
        }
        return opened;
    }

    /** What listed the descriptors was one of them, and is closed. */
    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "";
        }
    }
}
