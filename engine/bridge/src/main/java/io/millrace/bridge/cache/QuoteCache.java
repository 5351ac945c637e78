// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.cache;

import io.millrace.bridge.Position;
import java.util.Collection;
import java.util.Map;

/**
 * A server, or several that act as one, that keeps the newest values of each security: all that
 * {@link CacheSink} knows of the outside. Whatever throws means that it is away: it is closed, and
 * opened again later. Made on the control thread without a connection, used by the bridge's thread.
 */
public interface QuoteCache extends AutoCloseable {
    /**
     * Connects.
     *
     * @return how far it has come as it tells itself, or null when it does not know
     * @throws Exception when it is away
     */
    Position open() throws Exception;

    /**
     * Values of a security that it holds already, named as in {@link LatestQuote#values()}; empty
     * when there are none.
     *
     * @throws Exception when it is away
     */
    Map<String, String> latest(String symbol) throws Exception;

    /**
     * Writes the newest values of some securities, each once, and then how far they reach; returns
     * when all of it is acknowledged.
     *
     * @return number of securities whose fresh values were left out to spare it
     * @throws Exception when it is away or has refused something; all is written again
     */
    int write(Collection<LatestQuote> quotes, Position to) throws Exception;

    /** Leaves it at once. May be called twice. */
    @Override
    void close();
}
