// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

/**
 * The last step to an outside system. A bridge opens it, hands it one batch at a time and asks
 * until that is acknowledged. Whatever throws means that the outside is away: the bridge closes
 * the sink, waits, opens it and sends the same batch again. Used by the bridge's thread alone.
 */
public interface Sink extends AutoCloseable {
    /** Name in counters, checkpoints and reports. */
    String name();

    /**
     * True when a repeated batch must be the very same to be recognised: its range is then noted
     * before it is sent.
     */
    boolean isRangeKept();

    /**
     * Connects and makes what is missing outside. May be called again after any failure.
     *
     * @param known what the checkpoint says, or null
     * @return what the outside itself knows to hold, where it can tell, else what was known
     * @throws Exception when the outside is away
     */
    Position open(Position known) throws Exception;

    /**
     * Begins to send; returns before all is acknowledged if it can. What the outside will never
     * take goes to the dead letters instead of throwing.
     *
     * @throws Exception when the outside is away
     */
    void send(EventBatch batch) throws Exception;

    /**
     * True once everything of the batch will be found outside, whatever happens to it and to this
     * process.
     *
     * @throws Exception when part of it was not taken; all of it is sent again
     */
    boolean isAcknowledged() throws Exception;

    /**
     * Called about twice a second while it is open, with or without a batch on its way: shows in
     * counters what the outside says of itself. Never waits for it.
     *
     * @param nowNs by the bridge's clock
     */
    default void onLook(long nowNs) {
    }

    /** Leaves the outside at once, with whatever was not acknowledged. May be called twice. */
    @Override
    void close();
}
