// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

import io.millrace.codec.event.BboDecoder;
import io.millrace.codec.event.NbboDecoder;
import io.millrace.event.EventView;
import org.agrona.collections.IntHashSet;

/**
 * Which quotes are the best bid and offer of a security to the outside: those of its venues' books
 * (BBO) until one across venues (NBBO) came in the epoch, from then on NBBO alone. It sees every
 * event of one epoch, those outbound in their order. One thread.
 */
public final class BestQuotes {
    private final IntHashSet consolidated = new IntHashSet();

    void clear() {
        consolidated.clear();
    }

    /** Learns what an event says; true when it is its security's best bid and offer. */
    public boolean onEvent(EventView event) {
        return switch (event.templateId()) {
            case BboDecoder.TEMPLATE_ID -> !consolidated.contains(event.instrumentId());
            case NbboDecoder.TEMPLATE_ID -> {
                consolidated.add(event.instrumentId());
                yield true;
            }
            default -> false;
        };
    }
}
