// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import io.millrace.feed.transport.MessageHandler;

/** Builds the session of a feed around whoever takes its messages. */
@FunctionalInterface
public interface SessionFactory {
    /** A new session that hands its messages to a handler. */
    FeedSession session(MessageHandler handler);
}
