// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.engine.EngineContext;
import io.millrace.journal.JournalHead;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineSectionTest {
    @Test
    void shouldGiveAReplayTheOptionsThatDecideAboutTheOutput() {
        EngineContext written = new EngineContext().maxInstruments(64).maxOrders(1000).maxVenues(2)
            .fingerprintInterval(77).levelUpdates("ZVZZT", "ZWZZT").conclude();
        Map<String, String> expected = new EngineContext().properties();
        for (String key : List.of("engine.max-instruments", "engine.max-orders",
            "engine.max-venues", "engine.fingerprint-interval", "engine.level-updates")) {
            expected.put(key, written.properties().get(key));
        }
        assertEquals(expected, EngineSection.read(head(written)).conclude().properties());
    }

    @Test
    void shouldAskForNoLevelsWhenTheHeadNamesNone() {
        assertEquals(List.of(),
            EngineSection.read(head(new EngineContext().conclude())).levelUpdates());
    }

    private static JournalHead head(EngineContext context) {
        return EngineSection.write(
            JournalHead.of(RecordedDay.DATE, "test", "", true, List.of()), context);
    }
}
