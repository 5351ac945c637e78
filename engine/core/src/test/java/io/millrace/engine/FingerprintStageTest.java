// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.millrace.codec.event.BboDecoder;
import io.millrace.codec.event.FingerprintDecoder;
import io.millrace.codec.event.JournalGapEncoder;
import io.millrace.event.EventView;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FingerprintStageTest {
    @Test
    void shouldPublishAtEveryMultipleOfTheIntervalAndFinally() {
        List<String> places = run(1, 998, null).stream().map(line -> line.substring(0,
            line.indexOf(':'))).toList();
        assertEquals(List.of("256 0", "512 0", "768 0", "1000 1"), places);
    }

    @Test
    void shouldPublishBehindEveryHoleOfTheJournal() {
        Pipeline pipeline = pipeline(null);
        pipeline.inbound().receiveTimeNs(1);
        try (Engine engine = new Engine(pipeline)) {
            engine.start();
            UnsafeBuffer gap = new UnsafeBuffer(new byte[JournalGapEncoder.BLOCK_LENGTH]);
            pipeline.commands().offer(JournalGapEncoder.TEMPLATE_ID, gap, 0, gap.capacity());
            engine.drain();
        }
        assertEquals(List.of("2 0", "3 1"), prints(pipeline).stream()
            .map(line -> line.substring(0, line.indexOf(':'))).toList());
    }

    @Test
    void shouldCountWhatWasDerivedWithoutTheFingerprintsThemselves() {
        Pipeline pipeline = pipeline(null);
        publish(pipeline, 1, 998);
        long bboCount = 0;
        long outputCount = 0;
        EventView event = new EventView();
        for (long sequence = 0; sequence <= pipeline.outboundRing().cursor(); sequence++) {
            event.wrap(pipeline.outboundRing().buffer(), pipeline.outboundRing()
                .blockOffset(sequence));
            bboCount += event.templateId() == BboDecoder.TEMPLATE_ID ? 1 : 0;
            outputCount = event.templateId() == FingerprintDecoder.TEMPLATE_ID
                ? decode(event).outputCount() : outputCount;
        }
        assertEquals(bboCount, outputCount);
    }

    @Test
    void shouldBeEqualForEqualFlowsWhateverTheStampsAndDifferentForOthers() {
        List<String> first = run(1, 998, null);
        long[] now = {5_000_000_000L};
        assertEquals(first, run(1, 998, () -> now[0]++));
        List<String> other = run(2, 998, null);
        for (int i = 0; i < first.size(); i++) {
            assertNotEquals(first.get(i), other.get(i));
        }
    }

    private static List<String> run(long seed, int events, EpochNanoClock clock) {
        Pipeline pipeline = pipeline(clock);
        publish(pipeline, seed, events);
        return prints(pipeline);
    }

    private static List<String> prints(Pipeline pipeline) {
        List<String> seen = new ArrayList<>();
        EventView event = new EventView();
        for (long sequence = 0; sequence <= pipeline.outboundRing().cursor(); sequence++) {
            event.wrap(pipeline.outboundRing().buffer(), pipeline.outboundRing()
                .blockOffset(sequence));
            if (event.templateId() == FingerprintDecoder.TEMPLATE_ID) {
                FingerprintDecoder fingerprint = decode(event);
                seen.add(fingerprint.causeSequence() + " " + fingerprint.isFinal() + ": "
                    + fingerprint.appliedHash()
                    + " " + fingerprint.outputHash() + " " + fingerprint.appliedCount() + " "
                    + fingerprint.outputCount());
            }
        }
        return seen;
    }

    private static FingerprintDecoder decode(EventView event) {
        return new FingerprintDecoder().wrap(event.buffer(), event.offset(),
            FingerprintDecoder.BLOCK_LENGTH,
            FingerprintDecoder.SCHEMA_VERSION);
    }

    private static Pipeline pipeline(EpochNanoClock clock) {
        return new Pipeline(new EngineContext().maxInstruments(64).maxOrders(8192).maxVenues(1)
            .fingerprintInterval(256).clock(clock).conclude());
    }

    private static void publish(Pipeline pipeline, long seed, int events) {
        pipeline.inbound().receiveTimeNs(1);
        try (Engine engine = new Engine(pipeline)) {
            engine.start();
            new OrderFlow(pipeline.inbound(), seed, events).publish(events);
        }
    }
}
