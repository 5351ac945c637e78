// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

import io.millrace.journal.JournalQueue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** An outside that lives in the test's memory, and is away or slow when the test wants it. */
final class RecordingSink implements Sink, Bridge.SinkFactory {
    final Map<JournalQueue, List<String>> taken = new EnumMap<>(JournalQueue.class);
    final List<String> ranges = new ArrayList<>();
    boolean isAway;
    boolean isMute;
    boolean isTelling;
    Position told;
    int opened;
    SymbolDirectory symbols;
    DeadLetters deadLetters;
    private EventBatch sent;

    RecordingSink() {
        for (JournalQueue queue : JournalQueue.values()) {
            taken.put(queue, new ArrayList<>());
        }
    }

    @Override
    public String name() {
        return "recording";
    }

    @Override
    public Sink create(SymbolDirectory symbolDirectory, DeadLetters letters) {
        symbols = symbolDirectory;
        deadLetters = letters;
        return this;
    }

    @Override
    public boolean isRangeKept() {
        return !isTelling;
    }

    @Override
    public Position open(Position known) throws IOException {
        refuseWhenAway();
        opened++;
        return isTelling ? told : known;
    }

    @Override
    public void send(EventBatch batch) throws IOException {
        refuseWhenAway();
        sent = batch;
        ranges.add(batch.from() + " to " + batch.to());
    }

    @Override
    public boolean isAcknowledged() throws IOException {
        refuseWhenAway();
        if (isMute) {
            return false;
        }
        for (int i = 0; i < sent.count(); i++) {
            taken.get(sent.queue(i)).add(sent.to().epoch() + " " + sent.event(i).sequence());
        }
        told = sent.to();
        return true;
    }

    @Override
    public void close() {
        sent = null;
    }

    private void refuseWhenAway() throws IOException {
        if (isAway) {
            throw new IOException("the outside is away");
        }
    }
}
