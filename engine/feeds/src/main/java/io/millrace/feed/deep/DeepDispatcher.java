// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.deep;

import io.millrace.codec.deep10.PriceLevelBuyUpdateDecoder;
import io.millrace.codec.deep10.PriceLevelSellUpdateDecoder;
import io.millrace.feed.iex.IexDispatcher;
import io.millrace.feed.iex.OwnMessages;
import org.agrona.DirectBuffer;

/**
 * Checks the length of a message that only DEEP has, and hands it on as a flyweight over the bytes
 * as they came. Has no state besides the flyweights. Used by one thread.
 */
public final class DeepDispatcher implements OwnMessages {
    private final DeepListener listener;
    private final PriceLevelBuyUpdateDecoder buyUpdate = new PriceLevelBuyUpdateDecoder();
    private final PriceLevelSellUpdateDecoder sellUpdate = new PriceLevelSellUpdateDecoder();

    /** @param listener takes the messages */
    public DeepDispatcher(DeepListener listener) {
        this.listener = listener;
    }

    @Override
    public int dispatch(DirectBuffer buffer, int offset, int length) {
        if (length < 1) {
            return IexDispatcher.TOO_SHORT;
        }
        switch (buffer.getByte(offset)) {
            case PriceLevelBuyUpdateDecoder.TEMPLATE_ID:
                return onBuyUpdate(buffer, offset, length);
            case PriceLevelSellUpdateDecoder.TEMPLATE_ID:
                return onSellUpdate(buffer, offset, length);
            default:
                return IexDispatcher.UNKNOWN_TYPE;
        }
    }

    private int onBuyUpdate(DirectBuffer buffer, int offset, int length) {
        if (length < PriceLevelBuyUpdateDecoder.BLOCK_LENGTH) {
            return IexDispatcher.TOO_SHORT;
        }
        buyUpdate.wrap(buffer, offset, PriceLevelBuyUpdateDecoder.BLOCK_LENGTH, 0);
        listener.onPriceLevelBuyUpdate(buyUpdate);
        return IexDispatcher.DISPATCHED;
    }

    private int onSellUpdate(DirectBuffer buffer, int offset, int length) {
        if (length < PriceLevelSellUpdateDecoder.BLOCK_LENGTH) {
            return IexDispatcher.TOO_SHORT;
        }
        sellUpdate.wrap(buffer, offset, PriceLevelSellUpdateDecoder.BLOCK_LENGTH, 0);
        listener.onPriceLevelSellUpdate(sellUpdate);
        return IexDispatcher.DISPATCHED;
    }
}
