// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import io.millrace.event.EventDescriptor;
import io.millrace.event.EventView;
import java.util.BitSet;
import java.util.Collection;

/**
 * Which events a replay lets through: by security and by kind. Made on the control thread, then
 * only read.
 */
public final class EventFilter {
    /** Lets everything through. */
    public static final EventFilter ALL = new EventFilter(null, null);

    private final BitSet instrumentIds;
    private final BitSet templateIds;

    private EventFilter(BitSet instrumentIds, BitSet templateIds) {
        this.instrumentIds = instrumentIds;
        this.templateIds = templateIds;
    }

    /** Also asks for one of these securities; events that concern no single one pass. */
    public EventFilter instruments(Collection<Integer> ids) {
        return new EventFilter(bits(ids), templateIds);
    }

    /** Also asks for one of these kinds, by TEMPLATE_ID of the generated decoders. */
    public EventFilter templates(Collection<Integer> ids) {
        return new EventFilter(instrumentIds, bits(ids));
    }

    /** True when every event passes. */
    public boolean isAll() {
        return instrumentIds == null && templateIds == null;
    }

    boolean passes(EventView event) {
        return isAll() || passesInstrument(event.instrumentId())
            && (templateIds == null || templateIds.get(event.templateId()));
    }

    private boolean passesInstrument(int instrumentId) {
        return instrumentIds == null || instrumentId == EventDescriptor.NO_INSTRUMENT
            || instrumentId >= 0 && instrumentIds.get(instrumentId);
    }

    private static BitSet bits(Collection<Integer> ids) {
        BitSet bits = new BitSet();
        ids.forEach(bits::set);
        return bits;
    }
}
