// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

/** The containers that a capture file may be, told by their first bytes. */
public enum CaptureKind {
    /** Messages, each behind its length: whatever is nothing else. */
    BINARY_FILE,
    /** Packets in the classic format, us or ns. */
    PCAP,
    /** Packets in the block format. */
    PCAPNG
}
