// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.journal.Damage;
import io.millrace.server.verb.Terminal;
import java.util.function.Consumer;

/** Tells damage in the log as it is met, and counts it. One thread. */
final class DamageLog implements Consumer<Damage> {
    private final Terminal terminal;
    private long count;

    DamageLog(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void accept(Damage damage) {
        count++;
        terminal.log("damage: " + damage);
    }

    long count() {
        return count;
    }
}
