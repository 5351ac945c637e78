// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import io.millrace.simulator.wire.SoupServer;
import io.millrace.simulator.wire.StreamCount;
import io.millrace.simulator.wire.Tally;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * A venue's GLIMPSE server with books of its own, which follow what the venue has sent. Runs on any
 * one thread, the venue's or another.
 */
public final class GlimpseAgent implements Agent {
    private final String mic;
    private final NanoClock clock;
    private final GlimpseDesk desk;
    private final SoupServer server;

    /**
     * @param context with GLIMPSE options, concluded or not
     * @param venue   whose session the snapshots are of
     */
    public GlimpseAgent(VenueContext context, VenueAgent venue) {
        context.conclude();
        mic = context.mic();
        clock = context.pacing().clock();
        desk = new GlimpseDesk(context, venue::messagesSent);
        server = new SoupServer(context.glimpse(), () -> new GlimpseMessages(desk),
            context.network());
    }

    @Override
    public int doWork() {
        return desk.follow() + server.doWork(clock.nanoTime());
    }

    @Override
    public void onClose() {
        CloseHelper.close(server);
    }

    @Override
    public String roleName() {
        return mic + "-glimpse";
    }

    /** Port that the server listens at. */
    public int port() {
        return server.port();
    }

    /** What the server did so far. */
    public Tally<StreamCount> truth() {
        return server.truth();
    }
}
