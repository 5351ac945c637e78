// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import io.millrace.feed.transport.MessageHandler;
import org.agrona.DirectBuffer;

/** Where the session of an import hands its messages on. Ingress thread. */
final class TimedHandler implements MessageHandler {
    private final CaptureImport target;

    TimedHandler(CaptureImport target) {
        this.target = target;
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, long channelSequence,
                          long receiveTimeNs) {
        target.onMessage(buffer, offset, length, channelSequence, receiveTimeNs);
    }

    @Override
    public void onSessionChanged() {
        target.onSessionChanged();
    }
}
