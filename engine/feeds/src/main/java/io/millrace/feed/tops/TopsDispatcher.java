// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.tops;

import io.millrace.codec.tops16.QuoteUpdateDecoder;
import io.millrace.feed.iex.IexDispatcher;
import io.millrace.feed.iex.OwnMessages;
import org.agrona.DirectBuffer;

/**
 * Checks the length of a message that only TOPS has, and hands it on as a flyweight over the bytes
 * as they came. Has no state besides the flyweight. Used by one thread.
 */
public final class TopsDispatcher implements OwnMessages {
    private final TopsListener listener;
    private final QuoteUpdateDecoder quoteUpdate = new QuoteUpdateDecoder();

    /** @param listener takes the messages */
    public TopsDispatcher(TopsListener listener) {
        this.listener = listener;
    }

    @Override
    public int dispatch(DirectBuffer buffer, int offset, int length) {
        if (length < 1) {
            return IexDispatcher.TOO_SHORT;
        }
        if (buffer.getByte(offset) != QuoteUpdateDecoder.TEMPLATE_ID) {
            return IexDispatcher.UNKNOWN_TYPE;
        }
        if (length < QuoteUpdateDecoder.BLOCK_LENGTH) {
            return IexDispatcher.TOO_SHORT;
        }
        quoteUpdate.wrap(buffer, offset, QuoteUpdateDecoder.BLOCK_LENGTH, 0);
        listener.onQuoteUpdate(quoteUpdate);
        return IexDispatcher.DISPATCHED;
    }
}
