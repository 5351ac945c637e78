// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.disk.OnFull;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalContextTest {
    @Test
    void shouldHaveTheseDefaults() {
        JournalContext context = new JournalContext().conclude();
        assertEquals(List.of(JournalSync.INTERVAL, 100, 512, 256, 256, OnFull.DEGRADE),
            List.of(context.sync(), context.syncIntervalMs(), context.excerptEvents(),
                context.minimumFreeMb(), context.resumeMarginMb(), context.onFull()));
    }

    @Test
    void shouldHaveTheseKeys() {
        assertEquals(List.of("journal.sync", "journal.sync-interval-ms", "journal.excerpt-events",
                "journal.minimum-free-mb", "journal.resume-margin-mb", "journal.on-full"),
            List.of(JournalContext.SYNC_KEY, JournalContext.SYNC_INTERVAL_KEY,
                JournalContext.EXCERPT_EVENTS_KEY, JournalContext.MINIMUM_FREE_KEY,
                JournalContext.RESUME_MARGIN_KEY, JournalContext.ON_FULL_KEY));
    }

    @Test
    void shouldNameWhatIsOutOfRange() {
        assertRefused(new JournalContext().syncIntervalMs(0), "journal.sync-interval-ms 0");
        assertRefused(new JournalContext().excerptEvents(1025), "journal.excerpt-events 1025");
        assertRefused(new JournalContext().minimumFreeMb(-1), "journal.minimum-free-mb -1");
        assertRefused(new JournalContext().resumeMarginMb(-1), "journal.resume-margin-mb -1");
        assertRefused(new JournalContext().sync(null), "journal.sync null");
    }

    private static void assertRefused(JournalContext context, String reason) {
        IllegalArgumentException refusal =
            assertThrows(IllegalArgumentException.class, context::conclude);
        assertTrue(refusal.getMessage().startsWith(reason), refusal.getMessage());
    }
}
