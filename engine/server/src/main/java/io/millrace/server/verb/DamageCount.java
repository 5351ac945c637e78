// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.journal.Damage;
import java.util.function.Consumer;

/** Tells damage in the log as it is met, and counts it. One thread. */
public final class DamageCount implements Consumer<Damage> {
    private final Terminal terminal;
    private long count;

    /** @param terminal gets a line per damage */
    public DamageCount(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void accept(Damage damage) {
        count++;
        terminal.log("damage: " + damage);
    }

    /** Damages so far. */
    public long count() {
        return count;
    }
}
