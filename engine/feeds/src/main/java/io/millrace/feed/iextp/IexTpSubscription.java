// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iextp;

import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.feed.SessionStart;
import java.util.Set;

/**
 * What a session follows.
 *
 * @param protocols whose segments are wanted
 * @param start     which message of a session is expected first
 */
public record IexTpSubscription(Set<MessageProtocol> protocols, SessionStart start) {
}
