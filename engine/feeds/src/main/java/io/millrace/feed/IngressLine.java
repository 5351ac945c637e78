// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import io.millrace.feed.transport.MulticastReceiver;

/**
 * One line of a feed and the session that its datagrams belong to; two lines of one channel share
 * the session.
 */
public record IngressLine(MulticastReceiver receiver, FeedSession session, FeedCounters counters) {
}
