// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.server.run.MarketDataServer;
import io.millrace.server.run.Restart;
import java.util.Locale;

/** Shows how a journal of earlier lives is taken up: once a second a line, and what was found. */
final class RestartLog {
    private static final long INTERVAL_NS = 1_000_000_000L;

    private final Terminal terminal;
    private final long beganNs = System.nanoTime();
    private long nextNs = beganNs + INTERVAL_NS;

    RestartLog(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Takes it up, when there is one; false when the process was asked to stop meanwhile. */
    boolean catchUp(MarketDataServer server) {
        Restart restart = server.restart();
        if (restart == null) {
            return true;
        }
        if (!server.catchUp(count -> goesOn(count, restart.eventCount()))) {
            terminal.log("restart: stopped");
            return false;
        }
        terminal.log("restart: " + restart.text());
        long aheadNs = restart.aheadNs(server.clock().nanoTime());
        if (aheadNs > 0) {
            terminal.log(String.format(Locale.ROOT, "restart: the clock is %.3f s behind the last"
                + " event; chain time stands still until it has come by", aheadNs / 1e9));
        }
        restart.sessions().forEach(line -> terminal.log("restart: " + line));
        return true;
    }

    private boolean goesOn(long count, long all) {
        long nowNs = System.nanoTime();
        if (nowNs >= nextNs) {
            nextNs = nowNs + INTERVAL_NS;
            terminal.log(String.format(Locale.ROOT, "restart: %,d of %,d events, %.1f M/s", count,
                all, count * 1e3 / (nowNs - beganNs)));
        }
        return !terminal.stop().isRequested();
    }
}
