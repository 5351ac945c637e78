// SPDX-License-Identifier: Apache-2.0
package io.millrace.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VenueTest {
    @Test
    void shouldKeepOneIdPerVenue() {
        Set<Integer> ids = new HashSet<>();
        for (Venue venue : Venue.values()) {
            assertEquals(venue, Venue.byId(venue.id()));
            ids.add(venue.id());
        }
        assertEquals(Venue.values().length, ids.size());
        assertEquals(1, Venue.XNAS.id());
    }

    @Test
    void shouldKnowNoOtherIds() {
        assertNull(Venue.byId(0));
        assertNull(Venue.byId(-1));
        assertNull(Venue.byId(Venue.ID_LIMIT));
    }
}
