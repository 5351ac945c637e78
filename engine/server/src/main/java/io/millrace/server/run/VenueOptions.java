// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConfigOptions.FEED_INTERFACE;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_ENABLED;

import io.millrace.server.config.Configuration;
import io.millrace.server.config.SimulatorOptions;
import io.millrace.server.feed.FeedProtocol;
import io.millrace.simulator.OrderFlowContext;
import io.millrace.simulator.venue.BurstContext;
import io.millrace.simulator.venue.PacingContext;
import io.millrace.simulator.venue.RequestContext;
import io.millrace.simulator.venue.VenueContext;
import io.millrace.simulator.venue.VenueProtocol;
import io.millrace.simulator.wire.ImpairmentContext;
import io.millrace.simulator.wire.LineContext;
import io.millrace.simulator.wire.StreamContext;

/** Turns the configuration into the options of a simulated venue. Control thread, at start. */
final class VenueOptions {
    private static final long NS_PER_MS = 1_000_000L;
    private static final long LINE_SEED_STEP = 0x9E37_79B9L;
    private static final int CORRUPT_BYTES = 1;

    private final Configuration configuration;

    VenueOptions(Configuration configuration) {
        this.configuration = configuration;
    }

    /** A venue without lines yet. */
    VenueContext venue(OrderFlowContext flow) {
        VenueContext venue = new VenueContext().flow(flow).pacing(pacing())
            .protocol(protocol(EngineOptions.protocol(configuration)));
        String requests = configuration.text(SimulatorOptions.REQUEST_SERVER);
        if (!requests.equals("off")) {
            venue.requests(requests(requests));
        }
        if (ConnectionChecks.isSoup(configuration)) {
            venue.stream(stream(SimulatorOptions.SOUPBIN_PORT)
                .cutAfterMessages(configuration.number(SimulatorOptions.STREAM_CUT)));
        }
        if (configuration.isTrue(GLIMPSE_ENABLED)) {
            venue.glimpse(stream(SimulatorOptions.GLIMPSE_PORT));
        }
        return venue;
    }

    /**
     * One of a venue's lines.
     *
     * @param index 0 for line A, 1 for line B
     */
    LineContext line(int index, String group, int port) {
        String silence = index == 0 ? SimulatorOptions.SILENCE_AT : SimulatorOptions.SILENCE_B_AT;
        ImpairmentContext impairments = new ImpairmentContext()
            .seed(configuration.number(SimulatorOptions.SEED) + (index + 1) * LINE_SEED_STEP)
            .lossPpm(configuration.integer(SimulatorOptions.LOSS))
            .burstLoss(configuration.integer(SimulatorOptions.BURST_LOSS),
                configuration.integer(SimulatorOptions.BURST_LOSS_LENGTH))
            .duplicatePpm(configuration.integer(SimulatorOptions.DUPLICATES))
            .reordering(configuration.integer(SimulatorOptions.REORDER),
                configuration.integer(SimulatorOptions.REORDER_DEPTH))
            .corruption(configuration.integer(SimulatorOptions.CORRUPT), CORRUPT_BYTES,
                configuration.integer(SimulatorOptions.CORRUPT_WITHIN))
            .silence(ns(silence), ns(SimulatorOptions.SILENCE_FOR));
        return new LineContext().group(group).port(port)
            .interfaceAddress(configuration.text(FEED_INTERFACE)).impairments(impairments);
    }

    private static VenueProtocol protocol(FeedProtocol protocol) {
        return switch (protocol) {
            case ITCH50 -> VenueProtocol.ITCH50;
            case IEX_DEEP -> VenueProtocol.DEEP10;
            case IEX_TOPS -> VenueProtocol.TOPS16;
        };
    }

    private PacingContext pacing() {
        long restart = configuration.number(SimulatorOptions.RESTART_AT);
        PacingContext pacing = new PacingContext()
            .restartAtNs(restart < 0 ? PacingContext.NEVER : restart * NS_PER_MS)
            .clockStep(ns(SimulatorOptions.CLOCK_STEP_AT), ns(SimulatorOptions.CLOCK_STEP));
        int datagrams = configuration.integer(SimulatorOptions.BURST_DATAGRAMS);
        BurstContext burst = new BurstContext().at(ns(SimulatorOptions.BURST_AT))
            .every(ns(SimulatorOptions.BURST_EVERY));
        if (datagrams > 0) {
            pacing.burst(burst.backToBack(datagrams));
        } else if (configuration.integer(SimulatorOptions.BURST_FACTOR) > 1) {
            pacing.burst(burst.rate(configuration.integer(SimulatorOptions.BURST_FACTOR),
                ns(SimulatorOptions.BURST_FOR)));
        }
        return pacing;
    }

    private RequestContext requests(String mode) {
        RequestContext requests = new RequestContext()
            .interfaceAddress(configuration.text(FEED_INTERFACE))
            .port(configuration.integer(SimulatorOptions.REQUEST_PORT))
            .requestsPerSecond(configuration.integer(SimulatorOptions.REQUEST_RATE));
        return mode.equals("silent") ? requests.silent() : requests;
    }

    private StreamContext stream(String portKey) {
        return new StreamContext().interfaceAddress(configuration.text(FEED_INTERFACE))
            .port(configuration.integer(portKey));
    }

    private long ns(String key) {
        return configuration.number(key) * NS_PER_MS;
    }
}
