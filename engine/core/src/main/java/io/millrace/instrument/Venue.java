// SPDX-License-Identifier: Apache-2.0
package io.millrace.instrument;

/**
 * The venues this engine knows, by ISO 10383 market identifier code. The id is what events carry;
 * it never changes.
 */
public enum Venue {
    XNAS(1), XBOS(2), XPSX(3), IEXG(4), BATS(5), BATY(6), EDGA(7), EDGX(8), XNYS(9), ARCX(10),
        XASE(11), XCHI(12),
    XCIS(13), MEMX(14), EPRL(15), LTSE(16), FINN(17), CTA(18), UTP(19), IQFD(20), IBKR(21),
    SIMA(32), SIMB(33), SIMC(34), SIMD(35), SIME(36);

    /** Ids are below this: tables over venues have this many rows. */
    public static final int ID_LIMIT = 64;

    private static final Venue[] BY_ID = new Venue[ID_LIMIT];

    static {
        for (Venue venue : values()) {
            BY_ID[venue.id] = venue;
        }
    }

    private final int id;

    Venue(int id) {
        this.id = id;
    }

    /** The id that events carry, 1 to 63. */
    public int id() {
        return id;
    }

    /** True when nothing of it comes from a real market. */
    public boolean isSimulated() {
        return id >= SIMA.id;
    }

    /** The venue of an id, or null. */
    public static Venue byId(int id) {
        return id >= 0 && id < ID_LIMIT ? BY_ID[id] : null;
    }
}
