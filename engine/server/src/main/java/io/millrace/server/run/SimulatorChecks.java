// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConfigOptions.ENGINE_VENUES;
import static io.millrace.server.config.ConfigOptions.FEED_CHANNEL;
import static io.millrace.server.config.ConfigOptions.FEED_VENUE;
import static io.millrace.server.config.SimulatorOptions.BURST_DATAGRAMS;
import static io.millrace.server.config.SimulatorOptions.BURST_EVERY;
import static io.millrace.server.config.SimulatorOptions.BURST_FACTOR;
import static io.millrace.server.config.SimulatorOptions.BURST_FOR;
import static io.millrace.server.config.SimulatorOptions.VENUES;

import io.millrace.server.config.Configuration;
import java.util.ArrayList;
import java.util.List;

/**
 * What simulated venues ask of their options together: a place for each venue, and one kind of
 * burst. Control thread.
 */
final class SimulatorChecks {
    private static final int MAX_CHANNEL = 255;

    private final Configuration configuration;
    private final List<String> problems = new ArrayList<>();

    private SimulatorChecks(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Every option that simulated venues cannot use; none when the feed is a real one. */
    static List<String> problems(Configuration configuration) {
        SimulatorChecks checks = new SimulatorChecks(configuration);
        if (EngineOptions.isSimulated(configuration)) {
            checks.checkVenues();
            checks.checkBurst();
        }
        return checks.problems;
    }

    private void checkVenues() {
        int venues = configuration.text(VENUES).split(",").length;
        if (venues > 1 && !configuration.text(FEED_VENUE).equals("auto")) {
            problems.add(FEED_VENUE + ": '" + configuration.text(FEED_VENUE) + "' is one venue and "
                + VENUES + " has " + venues + "; leave it at auto");
        }
        if (configuration.integer(FEED_CHANNEL) + venues > MAX_CHANNEL + 1) {
            problems.add(FEED_CHANNEL + ": " + configuration.text(FEED_CHANNEL) + " leaves no "
                + venues + " numbers up to " + MAX_CHANNEL);
        }
        if (venues > configuration.integer(ENGINE_VENUES)) {
            problems.add(ENGINE_VENUES + ": " + configuration.text(ENGINE_VENUES)
                + " is less than the " + venues + " of " + VENUES);
        }
    }

    private void checkBurst() {
        boolean isFaster = configuration.integer(BURST_FACTOR) > 1;
        boolean isTimed = configuration.integer(BURST_FOR) > 0;
        long everyMs = configuration.number(BURST_EVERY);
        long plannedMs = configuration.number(BURST_FACTOR) * configuration.number(BURST_FOR);
        if (everyMs > 0 && everyMs <= plannedMs) {
            problems.add(BURST_EVERY + ": " + everyMs + " is not more than " + BURST_FACTOR
                + " times " + BURST_FOR + ", which is what a burst takes of the plan, "
                + plannedMs);
        }
        if (configuration.integer(BURST_DATAGRAMS) > 0) {
            if (isFaster || isTimed) {
                problems.add(BURST_DATAGRAMS + ": a burst of " + configuration.text(BURST_DATAGRAMS)
                    + " datagrams has no rate and no length; leave " + BURST_FACTOR + " at 1 and "
                    + BURST_FOR + " at 0, or this at 0");
            }
        } else if (isFaster != isTimed) {
            problems.add(isFaster ? BURST_FOR + ": 0 lets a burst of " + BURST_FACTOR + ' '
                + configuration.text(BURST_FACTOR) + " end as it begins; say how long it lasts"
                : BURST_FACTOR + ": 1 is no burst for the " + configuration.text(BURST_FOR) + " of "
                + BURST_FOR + "; say how many times the rate");
        }
    }
}
