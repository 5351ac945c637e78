// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

/** Where a connection is between its begin and its end. */
public enum ConnectionState {
    /** Not begun, or closed by us. */
    CLOSED,
    /** The server has not answered yet. */
    CONNECTING,
    /** Bytes can go either way. */
    CONNECTED,
    /** It could not be made, or ended on the other side. */
    BROKEN
}
