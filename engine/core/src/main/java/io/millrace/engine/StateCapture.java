// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.state.StateMemory;
import io.millrace.state.StateSource;
import io.millrace.state.StateWriter;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The chain's state right after an event, saved by the chain's own thread into memory prepared by
 * the control thread: for an event behind which no other chain can know the state. The chain pauses
 * for it, some ms for 100,000 orders. Any thread may ask whether it is done.
 */
public final class StateCapture {
    /** How it ended: the position, or why there is none. */
    private record Outcome(ChainPosition position, String failure) {
    }

    private final int templateId;
    private final StateMemory memory;
    private final StateWriter writer;
    private final AtomicReference<Outcome> outcome = new AtomicReference<>();

    /**
     * @param templateId kind of inbound event after the next of which the state is saved
     * @param bytes      memory to prepare: {@link ChainState#estimatedBytes()} and some more
     */
    public StateCapture(int templateId, long bytes) {
        this.templateId = templateId;
        memory = StateMemory.prepared(bytes);
        writer = new StateWriter(memory);
    }

    /** Bytes of memory prepared. */
    public long preparedBytes() {
        return memory.capacity();
    }

    /** Prepares more memory. Control thread, while the event cannot come. */
    public void prepare(long bytes) {
        memory.prepare(bytes);
    }

    /** True when the event came and the state is there, or could not be saved. */
    public boolean isDone() {
        return outcome.get() != null;
    }

    /** Why the state could not be saved, null when it was. After it is done. */
    public String failure() {
        return outcome.get().failure();
    }

    /** Where the state is of. After it is done without failure. */
    public ChainPosition position() {
        return outcome.get().position();
    }

    /** The state. After it is done without failure. */
    public StateSource source() {
        return memory.source();
    }

    int templateId() {
        return templateId;
    }

    /** Chain's thread. A failure leaves the chain as it was. */
    void take(ChainState state, long ringSequence) {
        try {
            state.save(writer, ringSequence);
            writer.flush();
            outcome.set(new Outcome(state.positionAt(ringSequence), null));
        } catch (RuntimeException failure) {
            outcome.set(new Outcome(null, failure.getMessage()));
        }
    }
}
