// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.event.EventReader;
import io.millrace.event.StageChain;
import io.millrace.strategy.StrategyStage;
import org.agrona.concurrent.Agent;

/**
 * Runs the chain over whatever stands on the inbound ring, in batches short enough that the writer soon gets its slots
 * back. Owned by the chain's thread.
 */
public final class ChainAgent implements Agent {
    private final EventReader reader;
    private final StageChain chain;
    private final StrategyStage strategies;
    private final int batchLimit;

    ChainAgent(EventReader reader, StageChain chain, StrategyStage strategies, int batchLimit) {
        this.reader = reader;
        this.chain = chain;
        this.strategies = strategies;
        this.batchLimit = batchLimit;
    }

    @Override
    public void onStart() {
        strategies.onStart();
    }

    @Override
    public int doWork() {
        long available = reader.available();
        long first = reader.next();
        if (first > available) {
            return 0;
        }
        long last = Math.min(available, first + batchLimit - 1);
        chain.onEvents(reader.ring(), first, last, available);
        reader.release(last);
        return (int) (last - first + 1);
    }

    @Override
    public void onClose() {
        strategies.onStop();
    }

    @Override
    public String roleName() {
        return "chain";
    }

    /** Ring sequence of the last inbound event that the whole chain has taken. Any thread. */
    public long position() {
        return reader.position();
    }

    EventReader reader() {
        return reader;
    }
}
