// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.journal.Damage;
import io.millrace.journal.JournalHole;
import java.util.function.Consumer;

/** Tells damage and holes of a journal in the log as they are met, and counts them. One thread. */
public final class DamageCount implements Consumer<Damage> {
    private final Terminal terminal;
    private long count;
    private long holeCount;

    /** @param terminal gets a line per damage */
    public DamageCount(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void accept(Damage damage) {
        count++;
        terminal.log("damage: " + damage);
    }

    /** Tells a hole that the journal declares, which is no damage. */
    public void onHole(JournalHole hole) {
        holeCount++;
        terminal.log(hole.toString());
    }

    /** Holes so far. */
    public long holeCount() {
        return holeCount;
    }

    /** Damages so far. */
    public long count() {
        return count;
    }
}
