// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an engine must be and have before others rely on it. Each condition names its reason. */
final class Readiness {
    /** An engine tells time at least once a second, so its chain never stands still this long. */
    static final long STALL_NS = 5_000_000_000L;

    private static final double FULL = 0.95;
    private static final double NS_PER_SECOND = 1e9;

    private Readiness() {
    }

    static List<Check> checks(EngineState state, List<FeedStatus> feeds, List<RingStatus> rings,
        List<QueueStatus> queues) {
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("engine", state == EngineState.RUNNING, reason(state)));
        feeds.forEach(feed -> checks.add(check(feed)));
        rings.forEach(ring -> checks.add(new Check("ring " + ring.name(),
            ring.usedFraction() < FULL, String.format(Locale.ROOT, "%.1f %% full",
            100 * ring.usedFraction()))));
        queues.forEach(queue -> checks.add(new Check("journal " + queue.name(),
            queue.isAppending(), queue.state())));
        return checks;
    }

    private static String reason(EngineState state) {
        return switch (state) {
            case FAILED -> "a stage threw and stopped the chain; see the distinct errors";
            case STALLED -> "the chain has not moved for "
                + (long) (STALL_NS / NS_PER_SECOND) + " s";
            default -> state.text();
        };
    }

    private static Check check(FeedStatus feed) {
        String name = "feed " + feed.name();
        if (feed.breaker() == BreakerState.OPEN) {
            return new Check(name, false, "breaker open");
        }
        if (feed.isHeard()) {
            return new Check(name, true, "packets come");
        }
        boolean isUnheard = feed.lines().stream()
            .allMatch(line -> line.health() == LineHealth.UNHEARD);
        long silentNs = feed.lines().stream().mapToLong(LineStatus::silentNs).min().orElse(0);
        return new Check(name, false, isUnheard ? "no packet since the start"
            : String.format(Locale.ROOT, "no packet for %.1f s", silentNs / NS_PER_SECOND));
    }
}
