// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

/** Whether a line brings packets. */
public enum LineHealth {
    /** No packet came since the start. */
    UNHEARD,
    /** Packets come, heart-beats at least. */
    UP,
    /** None came for longer than heart-beats may take. */
    SILENT,
    /** Its feed says that it is cut. */
    DOWN
}
