// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.QuoteDecoder;
import io.millrace.codec.event.SnapshotBegunDecoder;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateCaptureTest {
    private static final int EVENTS = 5000;

    private final EventTape tape = EventTape.mixed(11, EVENTS);
    private final Pipeline pipeline = pipeline();
    private final List<ByteBuffer> expected = tape.play(pipeline(), 0, EVENTS);

    @Test
    void shouldHoldTheStateRightBehindTheNextEventOfItsKind() {
        int armedAt = 1000;
        int derived = tape.play(pipeline, 0, armedAt).size();
        StateCapture capture = new StateCapture(SnapshotBegunDecoder.TEMPLATE_ID,
            2 * pipeline.state().estimatedBytes());
        assertFalse(capture.isDone());
        pipeline.chain().arm(capture);
        List<ByteBuffer> rest = tape.play(pipeline, armedAt, EVENTS);
        assertEquals(expected.subList(derived, expected.size()), rest);
        assertTrue(capture.isDone());
        assertNull(capture.failure());

        int cut = tape.indexBehind(SnapshotBegunDecoder.TEMPLATE_ID, armedAt);
        assertEquals(cut, capture.position().inboundSequence());
        Pipeline restored = pipeline();
        restored.state().restore(capture.source());
        assertEquals(capture.position(), restored.state().position());
        assertEquals(
            expected.subList((int) capture.position().outboundSequence(), expected.size()),
            tape.play(restored, cut, EVENTS));
    }

    @Test
    void shouldLeaveTheChainAloneWhenItsMemoryDoesNotDo() {
        StateCapture capture = new StateCapture(QuoteDecoder.TEMPLATE_ID, 0);
        pipeline.chain().arm(new StateCapture(SnapshotBegunDecoder.TEMPLATE_ID, 1));
        pipeline.chain().arm(capture);
        assertEquals(expected, tape.play(pipeline, 0, EVENTS));
        assertTrue(capture.isDone());
        assertTrue(capture.failure().contains("longer than the 0 bytes prepared"),
            capture.failure());
    }

    @Test
    void shouldHoldAStateForWhichMoreMemoryWasPrepared() {
        StateCapture capture = new StateCapture(QuoteDecoder.TEMPLATE_ID, 0);
        pipeline.chain().arm(capture);
        capture.prepare(2 * pipeline.state().estimatedBytes());
        assertTrue(capture.preparedBytes() >= 2 * pipeline.state().estimatedBytes());
        assertEquals(expected, tape.play(pipeline, 0, EVENTS));
        assertNull(capture.failure());
    }

    private static Pipeline pipeline() {
        return new Pipeline(new EngineContext().runMode(RunMode.REPLAY).maxInstruments(32)
            .maxVenues(3).maxOrders(4000).fingerprintInterval(64).batchLimit(37).conclude());
    }
}
