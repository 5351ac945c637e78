// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.edge.status.BridgeStatus;
import io.millrace.edge.status.Check;
import io.millrace.edge.status.EngineStatus;
import io.millrace.edge.status.FeedStatus;
import io.millrace.edge.status.HoleStatus;
import io.millrace.edge.status.LineStatus;
import io.millrace.edge.status.QueueStatus;
import io.millrace.edge.status.RingStatus;
import io.millrace.edge.status.StageTimes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** A picture of the engine as JSON: times in ms, spans in us or ms as their names say. */
final class StatusJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final double NS_PER_US = 1_000;
    private static final double NS_PER_MS = 1_000_000;

    private final JsonGenerator json;

    private StatusJson(JsonGenerator json) {
        this.json = json;
    }

    /** The whole picture. */
    static String status(EngineStatus status) {
        return write(out -> new StatusJson(out).writeStatus(status));
    }

    /** What of it the charts keep. */
    static String point(EngineStatus status) {
        return write(out -> new StatusJson(out).writePoint(status));
    }

    private void writeStatus(EngineStatus status) throws IOException {
        json.writeStartObject();
        json.writeNumberField("timeMs", status.timeMs());
        json.writeStringField("state", status.state().text());
        json.writeBooleanField("isSimulated", status.isSimulated());
        json.writeNumberField("tradingDate", status.tradingDate());
        json.writeNumberField("startTimeMs", status.startTimeMs());
        json.writeArrayFieldStart("feeds");
        for (FeedStatus feed : status.feeds()) {
            writeFeed(feed);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("rings");
        for (RingStatus ring : status.rings()) {
            writeRing(ring);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("queues");
        for (QueueStatus queue : status.queues()) {
            writeQueue(queue);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("bridges");
        for (BridgeStatus bridge : status.bridges()) {
            writeBridge(bridge);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("stages");
        for (StageTimes stage : status.stages()) {
            writeStage(stage);
        }
        json.writeEndArray();
        writeHealth(status);
        json.writeFieldName("point");
        writePoint(status);
        json.writeEndObject();
    }

    private void writeHealth(EngineStatus status) throws IOException {
        json.writeArrayFieldStart("holes");
        for (HoleStatus hole : status.holes()) {
            writeHole(hole);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("checks");
        for (Check check : status.checks()) {
            json.writeStartObject();
            json.writeStringField("name", check.name());
            json.writeBooleanField("isGood", check.isGood());
            json.writeStringField("reason", check.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanField("isReady", status.isReady());
        json.writeObjectFieldStart("errors");
        json.writeNumberField("distinct", status.errors().distinct());
        json.writeNumberField("total", status.errors().total());
        json.writeStringField("latest", status.errors().latest());
        json.writeNumberField("latestTimeMs", status.errors().latestTimeMs());
        json.writeEndObject();
    }

    private void writeFeed(FeedStatus feed) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", feed.name());
        json.writeStringField("breaker", feed.breaker().name());
        json.writeNumberField("messagesPerSecond", rounded(feed.messagesPerSecond()));
        json.writeNumberField("messages", feed.messages());
        json.writeNumberField("missing", feed.missing());
        json.writeNumberField("gaps", feed.gaps());
        json.writeNumberField("sessionChanges", feed.sessionChanges());
        json.writeNumberField("holesOpened", feed.holesOpened());
        json.writeNumberField("holesOpen", feed.holesOpen());
        json.writeNumberField("healedByLine", feed.healedByLine());
        json.writeNumberField("healedByRequest", feed.healedByRequest());
        json.writeNumberField("requests", feed.requests());
        json.writeNumberField("heldPackets", feed.heldPackets());
        json.writeArrayFieldStart("lines");
        for (LineStatus line : feed.lines()) {
            writeLine(line);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeLine(LineStatus line) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", line.name());
        json.writeStringField("health", line.health().name());
        json.writeNumberField("silentMs", (long) (line.silentNs() / NS_PER_MS));
        json.writeNumberField("packetsPerSecond", rounded(line.packetsPerSecond()));
        json.writeNumberField("messagesPerSecond", rounded(line.messagesPerSecond()));
        json.writeNumberField("packets", line.packets());
        json.writeNumberField("messages", line.messages());
        json.writeNumberField("won", line.won());
        json.writeNumberField("wonFraction", line.wonFraction());
        json.writeNumberField("leads", line.leadCount());
        json.writeNumberField("leadUs", line.leadNs() / NS_PER_US);
        json.writeNumberField("lost", line.lost());
        json.writeNumberField("repeated", line.repeated());
        json.writeNumberField("late", line.late());
        json.writeNumberField("reorderDepth", line.reorderDepth());
        json.writeEndObject();
    }

    private void writeRing(RingStatus ring) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", ring.name());
        json.writeNumberField("capacity", ring.capacity());
        json.writeNumberField("used", ring.used());
        json.writeNumberField("highWater", ring.highWater());
        json.writeEndObject();
    }

    private void writeQueue(QueueStatus queue) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", queue.name());
        json.writeStringField("state", queue.state());
        json.writeBooleanField("isAppending", queue.isAppending());
        json.writeNumberField("sequence", queue.sequence());
        json.writeNumberField("position", queue.position());
        json.writeNumberField("eventsPerSecond", rounded(queue.eventsPerSecond()));
        json.writeNumberField("unjournaled", queue.unjournaled());
        json.writeNumberField("behind", queue.behind());
        json.writeEndObject();
    }

    private void writeBridge(BridgeStatus bridge) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", bridge.name());
        json.writeStringField("circuit", bridge.circuit().name());
        json.writeNumberField("epoch", bridge.epoch());
        json.writeNumberField("lagEvents", bridge.lagEvents());
        json.writeNumberField("lagMs", (long) (bridge.lagNs() / NS_PER_MS));
        json.writeNumberField("eventsPerSecond", rounded(bridge.eventsPerSecond()));
        json.writeNumberField("failures", bridge.failures());
        json.writeNumberField("stalls", bridge.stalls());
        json.writeNumberField("deadLetters", bridge.deadLetters());
        json.writeEndObject();
    }

    private void writeStage(StageTimes stage) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", stage.name());
        json.writeNumberField("count", stage.count());
        writeTimes("totalUs", stage.total());
        writeTimes("recentUs", stage.recent());
        json.writeEndObject();
    }

    private void writeTimes(String name, List<Long> times) throws IOException {
        json.writeArrayFieldStart(name);
        for (long timeNs : times) {
            json.writeNumber(timeNs / NS_PER_US);
        }
        json.writeEndArray();
    }

    private void writeHole(HoleStatus hole) throws IOException {
        json.writeStartObject();
        json.writeStringField("feed", hole.feed());
        json.writeStringField("from", Long.toUnsignedString(hole.from()));
        json.writeStringField("messages", Long.toUnsignedString(hole.to() - hole.from()));
        if (hole.openedNs() != HoleStatus.NOT_TOLD) {
            json.writeNumberField("openedMs", (long) (hole.openedNs() / NS_PER_MS));
            if (hole.closedNs() != HoleStatus.NOT_TOLD) {
                json.writeNumberField("openUs", (hole.closedNs() - hole.openedNs()) / NS_PER_US);
            }
        }
        json.writeStringField("end", hole.end());
        json.writeStringField("cure", hole.cure());
        json.writeNumberField("line", hole.line());
        json.writeNumberField("lost", hole.lost());
        json.writeEndObject();
    }

    private void writePoint(EngineStatus status) throws IOException {
        json.writeStartObject();
        json.writeNumberField("t", status.timeMs());
        json.writeObjectFieldStart("rates");
        for (FeedStatus feed : status.feeds()) {
            json.writeNumberField(feed.name(), rounded(feed.messagesPerSecond()));
            for (LineStatus line : feed.lines()) {
                json.writeNumberField(feed.name() + ' ' + line.name(),
                    rounded(line.messagesPerSecond()));
            }
        }
        json.writeEndObject();
        json.writeObjectFieldStart("latency");
        for (StageTimes stage : status.stages()) {
            writeTimes(stage.name(), stage.recent());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("rings");
        for (RingStatus ring : status.rings()) {
            json.writeNumberField(ring.name(), ring.usedFraction());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static long rounded(double rate) {
        return Math.round(rate);
    }

    private static String write(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            content.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** What is written. */
    private interface Content {
        void write(JsonGenerator out) throws IOException;
    }
}
