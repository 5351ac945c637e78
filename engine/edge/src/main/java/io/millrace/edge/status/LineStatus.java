// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

/**
 * One line of a channel as it is now and since the start.
 *
 * @param name              A, B and so on
 * @param health            what it is
 * @param silentNs          since its last packet, or since it was first looked at
 * @param packetsPerSecond  in the last second
 * @param messagesPerSecond in the last second
 * @param packets           whole packets of the session
 * @param messages          messages in them
 * @param won               messages that came here first
 * @param wonFraction       of all that any line was first with
 * @param leadCount         packets that came here first and then elsewhere
 * @param leadNs            by which these were ahead, on average
 * @param lost              messages that never came here
 * @param repeated          messages that came here again
 * @param late              messages that came here behind later ones
 * @param reorderDepth      most messages by which one was late
 */
public record LineStatus(String name, LineHealth health, long silentNs, double packetsPerSecond,
                         double messagesPerSecond, long packets, long messages, long won,
                         double wonFraction, long leadCount, double leadNs, long lost,
                         long repeated, long late, long reorderDepth) {
}
