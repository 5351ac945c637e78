// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.parquet;

/** Securities by ranges of first letters of equal length, the last with what is left. Immutable. */
final class SymbolGroups {
    static final int LETTERS = 26;
    /** Symbols that begin with no letter, and rows of no security. */
    static final String OTHER = "other";

    private final String[] names = new String[LETTERS];

    SymbolGroups(int count) {
        int length = LETTERS / count;
        for (int letter = 0; letter < LETTERS; letter++) {
            int index = Math.min(count - 1, letter / length);
            int last = index == count - 1 ? LETTERS - 1 : (index + 1) * length - 1;
            names[letter] = (char) ('A' + index * length) + "-" + (char) ('A' + last);
        }
    }

    /** Name of the group of a symbol, such as A-H. */
    String group(String symbol) {
        int letter = symbol.isEmpty() ? -1 : Character.toUpperCase(symbol.charAt(0)) - 'A';
        return letter < 0 || letter >= LETTERS ? OTHER : names[letter];
    }
}
