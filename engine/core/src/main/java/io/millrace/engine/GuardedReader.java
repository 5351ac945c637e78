// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/**
 * A reader that shares its thread with others: what it throws is noted and spares them. Owned by
 * the thread that it
 * shares.
 */
final class GuardedReader implements Agent {
    private final Agent agent;
    private final ErrorHandler errors;
    /** Whether the last duty cycle threw; the next one resets it. */
    private boolean isThrown;
    private boolean isEnded;

    GuardedReader(Agent agent, ErrorHandler errors) {
        this.agent = agent;
        this.errors = errors;
    }

    @Override
    public void onStart() {
        agent.onStart();
    }

    @Override
    public int doWork() {
        isThrown = false;
        if (isEnded) {
            return 0;
        }
        try {
            return agent.doWork();
        } catch (AgentTerminationException end) {
            onClose();
        } catch (Throwable thrown) {
            isThrown = true;
            errors.onError(thrown);
        }
        return 0;
    }

    @Override
    public void onClose() {
        if (isEnded) {
            return;
        }
        isEnded = true;
        try {
            agent.onClose();
        } catch (Throwable thrown) {
            errors.onError(thrown);
        }
    }

    @Override
    public String roleName() {
        return agent.roleName();
    }

    /**
     * True when the last duty cycle threw, so that there may be more to read although it found
     * nothing.
     */
    boolean isThrown() {
        return isThrown;
    }
}
