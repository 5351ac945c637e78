// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.wire;

import io.millrace.benchmarks.rig.MessageFile;
import io.millrace.benchmarks.rig.Options;
import io.millrace.counter.EngineClock;
import io.millrace.feed.TradingDate;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * What both sides of a wire row share: the messages, the clock, the day, the cores. Options: file,
 * chunk (messages), symbols, live, datagram (messages of each). Main thread.
 */
final class WirePlace {
    private static final String GROUP = "239.255.77.1";
    /** Cores from which on the sender has one of its own. */
    private static final int CORES_WITH_SENDER = 3;

    private final Options options;
    private final MessageFile messages;
    private final EngineClock clock = new EngineClock();
    private final TradingDate date = TradingDate.at(clock.nanoTime());

    WirePlace(Options options) {
        this.options = options;
        messages = new MessageFile(Path.of(options.text("file")), options.number("chunk"));
    }

    EngineClock clock() {
        return clock;
    }

    int perDatagram() {
        return options.number("datagram");
    }

    EngineReceiver engine() {
        return new EngineReceiver(GROUP, options.number("symbols"), options.number("live"), date,
            clock);
    }

    /** The plain Disruptor on the cores that the engine takes by itself. */
    PlainReceiver plain() {
        boolean isPinned = cores() > 1;
        return new PlainReceiver(GROUP, perDatagram(), date.midnightNs(), clock,
            isPinned ? 0 : -1, isPinned ? 1 : -1);
    }

    /** The bare loop. */
    PlainReceiver bare() {
        return new PlainReceiver(GROUP, perDatagram(), date.midnightNs(), clock,
            cores() > 1 ? 0 : -1);
    }

    /**
     * A sender from the first message on; while there are few cores it shares that of the receiving
     * thread.
     */
    WireSender sender(InetSocketAddress group, int core) {
        return new WireSender(group, new WireFlow(messages, perDatagram()), clock,
            date.midnightNs(), core);
    }

    int senderCore() {
        return cores() >= CORES_WITH_SENDER ? 2 : cores() > 1 ? 0 : -1;
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }
}
