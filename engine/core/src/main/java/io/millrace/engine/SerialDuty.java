// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.agrona.concurrent.Agent;

/**
 * Ingress, chain and readers one after the other on one thread: the caller's in INVOKER mode, the
 * engine's own in SHARED mode.
 */
final class SerialDuty implements Agent {
    /** Further duty cycles that a drain grants readers that threw. */
    private static final int RETRIES = 16;

    private final IngressDuty ingress;
    private final ChainAgent chain;
    private final GuardedReader[] readers;

    /** @param ingress null when it runs on another thread */
    SerialDuty(IngressDuty ingress, ChainAgent chain, Collection<GuardedReader> readers) {
        this.ingress = ingress;
        this.chain = chain;
        this.readers = readers.toArray(new GuardedReader[0]);
    }

    @Override
    public void onStart() {
        for (GuardedReader reader : readers) {
            reader.onStart();
        }
        chain.onStart();
        if (ingress != null) {
            ingress.onStart();
        }
    }

    @Override
    public int doWork() {
        return (ingress == null ? 0 : ingress.doWork()) + doReaders();
    }

    /** Runs chain and readers until neither finds anything. */
    void drain() {
        int retriesLeft = RETRIES;
        while (doReaders() > 0 || isAnyThrown() && retriesLeft > 0) {
            retriesLeft -= isAnyThrown() ? 1 : 0;
        }
    }

    /** Closes every agent whatever another throws; the last to throw is heard. */
    @Override
    public void onClose() {
        try {
            if (ingress != null) {
                ingress.onClose();
            }
        } finally {
            drainAndClose();
        }
    }

    @Override
    public String roleName() {
        return "shared";
    }

    List<Agent> duties() {
        List<Agent> duties = new ArrayList<>(List.of(ingress, chain));
        duties.addAll(List.of(readers));
        return duties;
    }

    private void drainAndClose() {
        try {
            drain();
        } finally {
            chain.onClose();
            for (GuardedReader reader : readers) {
                reader.onClose();
            }
        }
    }

    private int doReaders() {
        int workCount = chain.doWork();
        for (int i = 0; i < readers.length; i++) {
            workCount += readers[i].doWork();
        }
        return workCount;
    }

    private boolean isAnyThrown() {
        for (GuardedReader reader : readers) {
            if (reader.isThrown()) {
                return true;
            }
        }
        return false;
    }
}
