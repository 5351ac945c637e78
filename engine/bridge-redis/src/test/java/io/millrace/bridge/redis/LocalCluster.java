// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.LocalServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;
import redis.clients.jedis.util.SafeEncoder;

/**
 * A Redis Cluster of three masters on loopback, run by the program of the server that
 * {@link LocalServers} has. Test's thread.
 */
final class LocalCluster implements AutoCloseable {
    static final int NODES = 3;

    private static final int SLOTS = 16_384;
    private static final int MIGRATION_MS = 10_000;
    private static final long PATIENCE_NS = 60_000_000_000L;

    /** A link, deleted in the end. */
    private final Path program;
    private final List<Node> nodes = new ArrayList<>();

    /** One server: what it keeps, and where it listens. */
    private static final class Node {
        final Path folder;
        final int port;
        final int busPort;
        Process process;

        Node(Path folder, int port, int busPort) {
            this.folder = folder;
            this.port = port;
            this.busPort = busPort;
        }
    }

    private LocalCluster(Path program) {
        this.program = program;
    }

    /** Starts and joins the servers; returns when each serves all slots. */
    static LocalCluster start(Path folder) throws IOException {
        // One program under several names: it serves when it is called so.
        LocalCluster cluster = new LocalCluster(Files.createSymbolicLink(
            folder.resolve("redis-server"), LocalServers.running("redis").program()));
        try {
            List<Integer> ports = freePorts(2 * NODES);
            for (int i = 0; i < NODES; i++) {
                cluster.nodes.add(new Node(Files.createDirectory(folder.resolve("node-" + i)),
                    ports.get(2 * i), ports.get(2 * i + 1)));
                cluster.start(i);
            }
            cluster.join();
        } catch (IOException | RuntimeException | AssertionError e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports.add(socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    /** Starts one server with what it has kept; returns when it answers. */
    void start(int index) throws IOException {
        Node node = nodes.get(index);
        node.process = new ProcessBuilder(program.toString(), "--port", text(node.port),
            "--cluster-enabled", "yes", "--cluster-port", text(node.busPort),
            "--cluster-node-timeout", "1000", "--bind", "127.0.0.1",
            "--dir", node.folder.toString(), "--save", "", "--appendonly", "yes")
            .redirectErrorStream(true).redirectOutput(node.folder.resolve("log").toFile())
            .start();
        await(() -> answers(node), "a node does not answer");
    }

    private static boolean answers(Node node) {
        try (Jedis jedis = connect(node)) {
            return jedis.ping().equals("PONG");
        } catch (JedisException e) {
            return false;
        }
    }

    private void join() {
        for (int i = 0; i < NODES; i++) {
            try (Jedis jedis = connect(nodes.get(i))) {
                cluster(jedis, "SET-CONFIG-EPOCH", text(i + 1));
                cluster(jedis, "ADDSLOTSRANGE", text(SLOTS * i / NODES),
                    text(SLOTS * (i + 1) / NODES - 1));
                cluster(jedis, "MEET", "127.0.0.1", text(nodes.get(0).port),
                    text(nodes.get(0).busPort));
            }
        }
        awaitWhole();
    }

    /** Returns when every server says that all slots are served. */
    void awaitWhole() {
        await(() -> nodes.stream().allMatch(LocalCluster::isWhole), "slots are not served");
    }

    private static boolean isWhole(Node node) {
        try (Jedis jedis = connect(node)) {
            String info = cluster(jedis, "INFO");
            return info.contains("cluster_state:ok")
                && info.contains("cluster_slots_ok:" + SLOTS)
                && info.contains("cluster_known_nodes:" + NODES);
        }
    }

    /** Ends a server at once, as a crash would. */
    void kill(int index) throws InterruptedException {
        nodes.get(index).process.destroyForcibly().waitFor();
    }

    /** Moves the slot of a key, with all that is in it, to the next server. */
    void moveSlot(String key) {
        int slot = JedisClusterCRC16.getSlot(key);
        int from = owner(slot);
        int to = (from + 1) % NODES;
        try (Jedis source = connect(nodes.get(from)); Jedis target = connect(nodes.get(to))) {
            String sourceId = cluster(source, "MYID");
            String targetId = cluster(target, "MYID");
            cluster(target, "SETSLOT", text(slot), "IMPORTING", sourceId);
            cluster(source, "SETSLOT", text(slot), "MIGRATING", targetId);
            for (String moved : source.clusterGetKeysInSlot(slot, SLOTS)) {
                source.migrate("127.0.0.1", nodes.get(to).port, moved, 0, MIGRATION_MS);
            }
            cluster(target, "SETSLOT", text(slot), "NODE", targetId);
            cluster(source, "SETSLOT", text(slot), "NODE", targetId);
        }
    }

    /** Index of the server that has a slot. */
    int owner(int slot) {
        for (int i = 0; i < NODES; i++) {
            try (Jedis jedis = connect(nodes.get(i))) {
                jedis.get("{" + keyOf(slot) + "}");
                return i;
            } catch (JedisException e) {
                assertTrue(e.getMessage().startsWith("MOVED"), e.toString());
            }
        }
        throw new AssertionError("nobody has slot " + slot);
    }

    private static String keyOf(int slot) {
        int key = 0;
        while (JedisClusterCRC16.getSlot(text(key)) != slot) {
            key++;
        }
        return text(key);
    }

    /** Host and port of one server. */
    String address(int index) {
        return "127.0.0.1:" + nodes.get(index).port;
    }

    /** A connection to one server. */
    Jedis connect(int index) {
        return connect(nodes.get(index));
    }

    private static Jedis connect(Node node) {
        return new Jedis("127.0.0.1", node.port);
    }

    private static String cluster(Jedis jedis, String... arguments) {
        return SafeEncoder.encode((byte[]) jedis.sendCommand(Protocol.Command.CLUSTER,
            arguments));
    }

    private static String text(int number) {
        return Integer.toString(number);
    }

    private static void await(BooleanSupplier isDone, String otherwise) {
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!isDone.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, otherwise);
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(program);
        for (Node node : nodes) {
            if (node.process != null) {
                node.process.destroyForcibly();
                node.process.onExit().join();
            }
        }
    }
}
