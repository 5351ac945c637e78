// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import static io.millrace.simulator.wire.OptionRange.check;

import io.millrace.simulator.OrderFlowContext;
import io.millrace.simulator.wire.LineContext;
import io.millrace.simulator.wire.SocketNetwork;
import io.millrace.simulator.wire.StreamContext;
import io.millrace.simulator.wire.VenueNetwork;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Options of one venue of the pretended exchange: who it is, its day, its lines, its servers. A
 * server without options is not there.
 */
public final class VenueContext {
    public static final String MIC_DEFAULT = "SIMA";
    public static final String SESSION_DEFAULT = "SIMULATED";
    public static final int STORE_MESSAGES_DEFAULT = 1 << 20;
    public static final int MAX_LINES = 8;
    public static final LocalDate DATE_DEFAULT = LocalDate.of(2026, 1, 5);

    private static final int MIC_LENGTH = 4;

    private final List<LineContext> lines = new ArrayList<>();
    private String mic = MIC_DEFAULT;
    private VenueProtocol protocol = VenueProtocol.ITCH50;
    private LocalDate date = DATE_DEFAULT;
    private String session = SESSION_DEFAULT;
    private OrderFlowContext flow = new OrderFlowContext();
    private PacingContext pacing = new PacingContext();
    private int storeMessages = STORE_MESSAGES_DEFAULT;
    private RequestContext requests;
    private StreamContext stream;
    private StreamContext glimpse;
    private VenueNetwork network = new SocketNetwork();

    /** Market identifier code, four characters; also the name of the venue's thread. */
    public VenueContext mic(String value) {
        mic = value;
        return this;
    }

    /** What the venue speaks. */
    public VenueContext protocol(VenueProtocol value) {
        protocol = value;
        return this;
    }

    /** Trading date in New York, for protocols that tell it. */
    public VenueContext date(LocalDate value) {
        date = value;
        return this;
    }

    /** Name of the first session, at most ten characters; later ones end in their number. */
    public VenueContext session(String value) {
        session = value;
        return this;
    }

    /** The day's order flow. */
    public VenueContext flow(OrderFlowContext value) {
        flow = value;
        return this;
    }

    /** When things are sent. */
    public VenueContext pacing(PacingContext value) {
        pacing = value;
        return this;
    }

    /** One more line; all lines get the same datagrams. */
    public VenueContext line(LineContext value) {
        lines.add(value);
        return this;
    }

    /** Messages of the session that are kept for those who ask again. */
    public VenueContext storeMessages(int value) {
        storeMessages = value;
        return this;
    }

    /** A re-request server. */
    public VenueContext requests(RequestContext value) {
        requests = value;
        return this;
    }

    /** A SoupBinTCP server of the live session. */
    public VenueContext stream(StreamContext value) {
        stream = value;
        return this;
    }

    /** A GLIMPSE server. */
    public VenueContext glimpse(StreamContext value) {
        glimpse = value;
        return this;
    }

    /** What it sends and listens by; sockets unless set. */
    public VenueContext network(VenueNetwork value) {
        network = value;
        return this;
    }

    /** Throws when an option is out of range. */
    public VenueContext conclude() {
        check("simulator.mic characters", mic.length(), MIC_LENGTH, MIC_LENGTH);
        check("simulator.session characters", session.length(), 1, SessionState.NAME_LENGTH);
        check("simulator.lines", lines.size(), stream == null ? 1 : 0, MAX_LINES);
        check("simulator.store-messages", storeMessages, 1, 1 << 24);
        if (protocol != VenueProtocol.ITCH50 && (stream != null || glimpse != null)) {
            throw new IllegalArgumentException("simulator.protocol " + protocol
                + " has no SoupBinTCP and no GLIMPSE server");
        }
        flow.conclude();
        pacing.conclude();
        lines.forEach(LineContext::conclude);
        if (requests != null) {
            requests.conclude();
        }
        if (stream != null) {
            stream.conclude();
        }
        if (glimpse != null) {
            glimpse.conclude();
        }
        return this;
    }

    public String mic() {
        return mic;
    }

    public VenueProtocol protocol() {
        return protocol;
    }

    public LocalDate date() {
        return date;
    }

    public String session() {
        return session;
    }

    public OrderFlowContext flow() {
        return flow;
    }

    public PacingContext pacing() {
        return pacing;
    }

    public List<LineContext> lines() {
        return List.copyOf(lines);
    }

    public int storeMessages() {
        return storeMessages;
    }

    /** Null without a re-request server. */
    public RequestContext requests() {
        return requests;
    }

    /** Null without a SoupBinTCP server. */
    public StreamContext stream() {
        return stream;
    }

    /** Null without a GLIMPSE server. */
    public StreamContext glimpse() {
        return glimpse;
    }

    public VenueNetwork network() {
        return network;
    }
}
