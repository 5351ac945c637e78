// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

/**
 * Names of what one security has.
 *
 * @param before stands before the symbol
 * @param after  stands behind it
 */
record RedisKeys(String before, String after) {
    /** The symbol as it is. */
    static final RedisKeys PLAIN = new RedisKeys("", "");

    private static final String POSITION = "millrace:position:";

    /** How far the bridge of a client has come. */
    static String position(String clientId) {
        return POSITION + clientId;
    }

    String quote(String symbol) {
        return "quote:" + before + symbol + after;
    }

    String hash(String symbol) {
        return "sym:" + before + symbol + after + ":latest";
    }

    String channel(String symbol) {
        return "quotes:" + before + symbol + after;
    }
}
