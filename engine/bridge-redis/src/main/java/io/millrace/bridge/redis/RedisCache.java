// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import io.millrace.bridge.cache.QuoteCache;

/** A cache in Redis, that tells as well whether a quote is fresh. One thread. */
interface RedisCache extends QuoteCache {
    /** True as long as the string of a security has not expired. */
    boolean isFresh(String symbol);
}
