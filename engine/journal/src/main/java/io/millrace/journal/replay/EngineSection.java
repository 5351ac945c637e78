// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import io.millrace.engine.EngineContext;
import io.millrace.engine.RunMode;
import io.millrace.journal.JournalHead;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * The engine's options in a journal's head: what a replay needs to do the very same again. Control
 * thread.
 */
public final class EngineSection {
    /** Name of the head's section: one {@code key=value} per line. */
    public static final String NAME = "engine";

    private EngineSection() {
    }

    /** The head with the options of the engine that will write behind it. */
    public static JournalHead write(JournalHead head, EngineContext context) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(context.properties()).forEach((key, value) ->
            text.append(key).append('=').append(value).append('\n'));
        return head.with(NAME, text.toString());
    }

    /**
     * Options for a replay: those that decide about the output are the recorded ones, all others
     * the defaults.
     */
    public static EngineContext read(JournalHead head) {
        Map<String, String> properties = new TreeMap<>();
        head.section(NAME).lines().forEach(line -> {
            int equals = line.indexOf('=');
            properties.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        });
        EngineContext context = new EngineContext().runMode(RunMode.REPLAY)
            .schemaVersion(head.schemaVersion());
        set(properties, "engine.fingerprint-interval", context::fingerprintInterval);
        set(properties, "engine.max-instruments", context::maxInstruments);
        set(properties, "engine.max-orders", context::maxOrders);
        set(properties, "engine.max-venues", context::maxVenues);
        String levelUpdates = properties.getOrDefault("engine.level-updates", "");
        return levelUpdates.isEmpty() ? context : context.levelUpdates(levelUpdates.split(","));
    }

    private static void set(Map<String, String> properties, String key, IntConsumer setter) {
        String value = properties.get(key);
        if (value == null) {
            return;
        }
        try {
            setter.accept(Integer.parseInt(value));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the journal's head says " + key + " is '" + value
                + "'", e);
        }
    }
}
