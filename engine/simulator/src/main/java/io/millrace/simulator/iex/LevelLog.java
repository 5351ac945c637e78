// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.iex;

import io.millrace.simulator.SimulatedBooks;
import java.util.Arrays;

/** The levels that one event changed, each once, in order. Owned by the flow's thread. */
final class LevelLog implements SimulatedBooks.TouchListener {
    private int[] sides = new int[64];
    private int[] prices = new int[64];
    private int count;

    @Override
    public void onTouch(int side, int price) {
        for (int i = count - 1; i >= 0; i--) {
            if (prices[i] == price && sides[i] == side) {
                return;
            }
        }
        if (count == sides.length) {
            sides = Arrays.copyOf(sides, count * 2);
            prices = Arrays.copyOf(prices, count * 2);
        }
        sides[count] = side;
        prices[count++] = price;
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    int side(int index) {
        return sides[index];
    }

    /** Price with four decimals. */
    int price(int index) {
        return prices[index];
    }
}
