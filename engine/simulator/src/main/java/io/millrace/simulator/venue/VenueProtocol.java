// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.simulator.DatagramFraming;
import io.millrace.simulator.MessageSource;
import io.millrace.simulator.MoldUdp64Framing;
import io.millrace.simulator.iex.IexFeed;
import io.millrace.simulator.iex.IexFlow;
import io.millrace.simulator.iex.IexTpFraming;
import java.time.LocalDate;
import java.time.ZoneId;

/** What a venue speaks: its messages and the session protocol that carries them. */
public enum VenueProtocol {
    /** ITCH 5.0 over MoldUDP64. */
    ITCH50(null, null),
    /** DEEP 1.0 over IEX-TP. */
    DEEP10(IexFeed.DEEP, MessageProtocol.DEEP_1_0),
    /** TOPS 1.6 over IEX-TP. */
    TOPS16(IexFeed.TOPS, MessageProtocol.TOPS_1_6);

    private static final ZoneId EXCHANGE_ZONE = ZoneId.of("America/New_York");
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int SESSIONS_PER_DATE = 10;

    private final IexFeed feed;
    private final MessageProtocol stream;

    VenueProtocol(IexFeed feed, MessageProtocol stream) {
        this.feed = feed;
        this.stream = stream;
    }

    /** True when the venue's books are told order by order. */
    public boolean isOrderByOrder() {
        return feed == null;
    }

    /** Number of the stream in IEX-TP; null of others. */
    MessageProtocol stream() {
        return stream;
    }

    /** The messages that the venue makes of its order flow. */
    MessageSource messages(VenueFlow flow, LocalDate date) {
        return feed == null ? flow : new IexFlow(flow, feed, midnightNs(date));
    }

    /** The framing of the session with a place in the day. */
    DatagramFraming framing(VenueContext context, int ordinal) {
        return stream == null
            ? new MoldUdp64Framing(SessionState.nameOf(context.session(), ordinal))
            : new IexTpFraming(stream, sessionId(context.date(), ordinal),
                midnightNs(context.date()));
    }

    /** IEX-TP's number of a date's first, second and further session. */
    static int sessionId(LocalDate date, int ordinal) {
        int day = (date.getYear() * 100 + date.getMonthValue()) * 100 + date.getDayOfMonth();
        return day * SESSIONS_PER_DATE + ordinal;
    }

    private static long midnightNs(LocalDate date) {
        return date.atStartOfDay(EXCHANGE_ZONE).toEpochSecond() * SECOND_NS;
    }
}
