// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConfigOptions.FEED_INTERFACE;
import static io.millrace.server.config.ConfigOptions.RECOVERY_SERVERS;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_HOST;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_PASSWORD;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_PORT;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_USERNAME;
import static io.millrace.server.config.ConnectionOptions.SOUP_HOST;
import static io.millrace.server.config.ConnectionOptions.SOUP_PASSWORD;
import static io.millrace.server.config.ConnectionOptions.SOUP_PORT;
import static io.millrace.server.config.ConnectionOptions.SOUP_USERNAME;

import io.millrace.server.config.Configuration;
import io.millrace.server.config.SimulatorOptions;
import io.millrace.simulator.OrderFlowContext;
import io.millrace.simulator.venue.GlimpseAgent;
import io.millrace.simulator.venue.VenueAgent;
import io.millrace.simulator.venue.VenueContext;
import io.millrace.simulator.wire.StreamContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One venue of the simulated exchange. Its agents run on the exchange's threads; the control thread
 * asks what they did.
 */
final class SimulatedVenue implements AutoCloseable {
    /** What a simulated venue's servers take, as if it stood in the environment. */
    static final Map<String, String> PASSWORDS =
        Map.of(SOUP_PASSWORD, StreamContext.PASSWORD_DEFAULT,
            GLIMPSE_PASSWORD, StreamContext.PASSWORD_DEFAULT);

    private static final String AUTO = "auto";
    private static final DateTimeFormatter MONTH_AND_DAY = DateTimeFormatter.ofPattern("MMdd");

    private final VenueSite site;
    private final VenueAgent agent;
    private final GlimpseAgent glimpse;

    /**
     * Opens every socket.
     *
     * @param flow the venue's day
     */
    SimulatedVenue(VenueSite site, OrderFlowContext flow, LocalDate date) throws IOException {
        this.site = site;
        VenueOptions options = new VenueOptions(site.configuration());
        VenueContext context = options.venue(flow).mic(site.name())
            .session(session(site, date)).date(date);
        List<InetSocketAddress> groups = site.groups();
        for (int i = 0; i < groups.size(); i++) {
            context.line(options.line(i, groups.get(i).getHostString(), groups.get(i).getPort()));
        }
        agent = new VenueAgent(context);
        try {
            glimpse = context.glimpse() == null ? null : new GlimpseAgent(context, agent);
        } catch (RuntimeException failure) {
            agent.onClose();
            throw failure;
        }
    }

    /** Closes every socket of a venue that does not run. */
    @Override
    public void close() {
        agent.onClose();
        if (glimpse != null) {
            glimpse.onClose();
        }
    }

    /** Options that tell the feed where this venue's servers are. */
    Map<String, String> servers() {
        Configuration configuration = site.configuration();
        String host = configuration.text(FEED_INTERFACE);
        Map<String, String> options = new HashMap<>();
        if (agent.requests() != null && configuration.text(RECOVERY_SERVERS).equals(AUTO)) {
            options.put(RECOVERY_SERVERS, host + ':' + agent.requestPort());
        }
        if (agent.stream() != null) {
            options.put(SOUP_HOST, host);
            options.put(SOUP_PORT, Integer.toString(agent.streamPort()));
            options.put(SOUP_USERNAME, StreamContext.USERNAME_DEFAULT);
        }
        if (glimpse != null) {
            options.put(GLIMPSE_HOST, host);
            options.put(GLIMPSE_PORT, Integer.toString(glimpse.port()));
            options.put(GLIMPSE_USERNAME, StreamContext.USERNAME_DEFAULT);
        }
        return options;
    }

    /** Sends the day. */
    VenueAgent agent() {
        return agent;
    }

    /** Serves snapshots; null where there are none. */
    GlimpseAgent glimpse() {
        return glimpse;
    }

    /** Code of the venue. */
    String name() {
        return site.name();
    }

    /** True when every line sent what its impairments left, or is not done yet. */
    boolean isBalanced() {
        for (int i = 0; i < agent.lineCount(); i++) {
            if (agent.isDone() && !agent.line(i).isBalanced()) {
                return false;
            }
        }
        return true;
    }

    /** What was sent, by line and server. */
    Map<String, Object> truth() {
        Map<String, Object> truth = new LinkedHashMap<>();
        for (int i = 0; i < agent.lineCount(); i++) {
            truth.put("sent " + (char) ('A' + i), agent.line(i));
        }
        if (agent.requests() != null) {
            truth.put("requests", agent.requests());
        }
        if (agent.stream() != null) {
            truth.put("soupbin", agent.stream());
        }
        if (glimpse != null) {
            truth.put("glimpse", glimpse.truth());
        }
        return truth;
    }

    /** Names of sessions tell the venues apart, and the dates of one run. */
    private static String session(VenueSite site, LocalDate date) {
        String mic = site.name();
        if (!site.configuration().text(SimulatorOptions.CLOCK_START).equals("wall")) {
            return mic + MONTH_AND_DAY.format(date);
        }
        return mic.equals(VenueContext.MIC_DEFAULT) ? VenueContext.SESSION_DEFAULT : mic;
    }
}
