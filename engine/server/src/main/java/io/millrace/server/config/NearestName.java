// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import java.util.Collection;
import java.util.Locale;

/**
 * Finds the known name that an unknown one most likely meant, by edit distance; a name that is far
 * from all of them meant none. Start-up only.
 */
public final class NearestName {
    private static final int ALWAYS_NEAR = 2;
    /** One wrong letter among so many more is still a slip of the keyboard. */
    private static final int LETTERS_PER_SLIP = 3;

    private NearestName() {
    }

    /**
     * The known name with the fewest insertions, removals and changes from a name, be letters
     * small or not; null when none is near.
     */
    public static String of(String name, Collection<String> known) {
        String nearest = null;
        int least = 1 + Math.max(ALWAYS_NEAR, name.length() / LETTERS_PER_SLIP);
        for (String candidate : known) {
            int distance =
                distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** What to append to "X is unknown": which name was meant, or nothing when none is near. */
    public static String question(String name, Collection<String> known) {
        String nearest = of(name, known);
        return nearest == null ? "" : "; did you mean " + nearest + "?";
    }

    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
