// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import io.millrace.instrument.Venue;
import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;
import java.util.Arrays;

/**
 * Which row of the book table an instrument has on a venue. Venues get their rows in the order in
 * which events first name them, so that a replay gives the same ones. Owned by the chain's thread.
 */
final class BookIndex {
    static final int NO_INSTRUMENT = -1;
    static final int NO_VENUE = -2;

    private static final int UNSEEN = -1;

    private final int maxInstruments;
    private final int maxVenues;
    private final int[] rows = new int[Venue.ID_LIMIT];
    private int venueCount;

    BookIndex(int maxInstruments, int maxVenues) {
        this.maxInstruments = maxInstruments;
        this.maxVenues = maxVenues;
        Arrays.fill(rows, UNSEEN);
    }

    /**
     * Index of a book, giving its venue a row when it has none yet; NO_INSTRUMENT or NO_VENUE when
     * there is none.
     */
    int claim(int instrumentId, int venueId) {
        if (venueId <= 0 || venueId >= rows.length) {
            return NO_VENUE;
        }
        if (instrumentId <= 0 || instrumentId > maxInstruments) {
            return NO_INSTRUMENT;
        }
        int row = rows[venueId];
        if (row == UNSEEN) {
            if (venueCount == maxVenues) {
                return NO_VENUE;
            }
            row = venueCount++ * maxInstruments;
            rows[venueId] = row;
        }
        return row + instrumentId - 1;
    }

    /** Index of a book, or a negative number when there is none; changes nothing. */
    int find(int instrumentId, int venueId) {
        if (venueId <= 0 || venueId >= rows.length || instrumentId <= 0
            || instrumentId > maxInstruments) {
            return NO_INSTRUMENT;
        }
        int row = rows[venueId];
        return row == UNSEEN ? NO_VENUE : row + instrumentId - 1;
    }

    void save(StateWriter writer) {
        writer.begin("venues");
        writer.putInt(maxInstruments);
        writer.putInt(maxVenues);
        writer.putInt(venueCount);
        for (int venueId = 0; venueId < rows.length; venueId++) {
            writer.putInt(rows[venueId]);
        }
    }

    void restore(StateReader reader) {
        reader.begin("venues");
        reader.expect("greatest number of securities", maxInstruments);
        reader.expect("greatest number of venues", maxVenues);
        venueCount = reader.getInt("number of venues", 0, maxVenues);
        for (int venueId = 0; venueId < rows.length; venueId++) {
            int row = reader.getInt("row of a venue", UNSEEN, venueCount * maxInstruments - 1);
            if (row != UNSEEN && (row % maxInstruments != 0 || isTaken(row, venueId))) {
                throw reader.refuse("row " + row + " is of no venue, or of another");
            }
            rows[venueId] = row;
        }
    }

    private boolean isTaken(int row, int end) {
        for (int venueId = 0; venueId < end; venueId++) {
            if (rows[venueId] == row) {
                return true;
            }
        }
        return false;
    }

    int instrumentId(int book) {
        return book % maxInstruments + 1;
    }

    int maxInstruments() {
        return maxInstruments;
    }
}
