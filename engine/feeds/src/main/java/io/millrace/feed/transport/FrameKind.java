// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

/** What a captured frame turned out to hold. */
enum FrameKind {
    DATAGRAM,
    TRUNCATED_DATAGRAM,
    FRAGMENT,
    TCP,
    OTHER
}
