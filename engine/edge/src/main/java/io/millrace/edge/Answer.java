// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge;

import java.nio.charset.StandardCharsets;

/**
 * What a request gets.
 *
 * @param code         status of HTTP
 * @param contentType  media type of the body
 * @param cacheControl how long it holds
 * @param body         never changed once given
 */
record Answer(int code, String contentType, String cacheControl, byte[] body) {
    static final int OK = 200;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int FAILED = 500;
    static final int UNAVAILABLE = 503;

    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String MOMENTARY = "no-store";

    /** Text that holds for this moment only. */
    static Answer momentary(int code, String contentType, String text) {
        return new Answer(code, contentType, MOMENTARY, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A sentence. */
    static Answer plain(int code, String text) {
        return momentary(code, PLAIN, text + '\n');
    }
}
