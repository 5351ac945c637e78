// SPDX-License-Identifier: Apache-2.0
package io.millrace.sequence;

import io.millrace.event.DerivedEvents;
import io.millrace.event.EventStage;
import io.millrace.event.EventView;

/** Turns what sessions say about continuity into the state of a channel's books. Owned by the chain's thread. */
public final class SequenceStage implements EventStage {
    private final DerivedEvents derived;

    /** @param derived where BookStale events go */
    public SequenceStage(DerivedEvents derived) {
        this.derived = derived;
    }

    @Override
    public void onEvent(EventView event) {
        assert derived.count() == 0;
    }
}
