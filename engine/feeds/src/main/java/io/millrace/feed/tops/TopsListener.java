// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.tops;

import io.millrace.codec.tops16.QuoteUpdateDecoder;

/**
 * Takes every message that only TOPS has as the flyweight of its type. A flyweight is valid only
 * during the call.
 */
@FunctionalInterface
public interface TopsListener {
    /** Type Q. */
    void onQuoteUpdate(QuoteUpdateDecoder message);
}
