// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Books of price levels by brute force, from what an independent program says of a capture: one
 * map of levels per side, and of each symbol what it was when the venue last said that it is whole.
 */
final class DeepFold {
    private static final BigDecimal PRICE_UNIT = BigDecimal.valueOf(1_000_000_000L);

    /** One message that changes a level, with price and size in our units. */
    record Change(String symbol, boolean isBid, long price, long size, boolean isComplete) {
        /** The change that a row of the golden is, or null. */
        static Change of(List<List<String>> fields) {
            Map<String, String> byName = new HashMap<>();
            fields.forEach(field -> byName.put(field.get(0), field.get(1)));
            String type = byName.get("messagetype");
            if (!"8".equals(type) && !"5".equals(type)) {
                return null;
            }
            return new Change(byName.get("symbol").strip(), type.equals("8"),
                new BigDecimal(byName.get("price")).multiply(PRICE_UNIT).longValueExact(),
                Long.parseLong(byName.get("size")) * 1_000_000L,
                (Integer.parseInt(byName.get("eventflags")) & 1) == 1);
        }
    }

    /** Both sides of a symbol, best first. */
    static final class Sides {
        final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
        final TreeMap<Long, Long> asks = new TreeMap<>();

        /** One text per side: price and size of each level, best first. */
        List<String> levels() {
            return List.of(bids.toString(), asks.toString());
        }

        /** The same of the best of each side alone. */
        List<String> best() {
            return List.of(first(bids), first(asks));
        }

        boolean isCrossed() {
            return !bids.isEmpty() && !asks.isEmpty() && bids.firstKey() >= asks.firstKey();
        }

        private Sides copy() {
            Sides copy = new Sides();
            copy.bids.putAll(bids);
            copy.asks.putAll(asks);
            return copy;
        }

        private static String first(TreeMap<Long, Long> side) {
            return side.isEmpty() ? "{}" : "{" + side.firstEntry() + "}";
        }
    }

    private final Map<String, Sides> working = new HashMap<>();
    private final Map<String, Sides> whole = new HashMap<>();
    private final Set<String> updating = new HashSet<>();
    private int parts;
    private int crossed;

    /** Applies a change. */
    void apply(Change change) {
        Sides sides = working.computeIfAbsent(change.symbol(), symbol -> new Sides());
        TreeMap<Long, Long> side = change.isBid() ? sides.bids : sides.asks;
        if (change.size() == 0) {
            side.remove(change.price());
        } else {
            side.put(change.price(), change.size());
        }
        if (change.isComplete()) {
            updating.remove(change.symbol());
            whole.put(change.symbol(), sides.copy());
        } else {
            updating.add(change.symbol());
            parts++;
            crossed += sides.isCrossed() ? 1 : 0;
        }
    }

    /** The stream begins anew: all books are empty. */
    void clear() {
        working.clear();
        whole.clear();
        updating.clear();
    }

    /** False while an update of a symbol is not complete. */
    boolean isWhole(String symbol) {
        return !updating.contains(symbol);
    }

    /** A symbol as it last was whole. */
    Sides whole(String symbol) {
        return whole.getOrDefault(symbol, new Sides());
    }

    /** All symbols that have had a level. */
    Iterable<String> symbols() {
        return working.keySet();
    }

    /** Changes that did not complete their update. */
    int parts() {
        return parts;
    }

    /** Of these, the ones after which the levels were locked or crossed. */
    int crossed() {
        return crossed;
    }
}
