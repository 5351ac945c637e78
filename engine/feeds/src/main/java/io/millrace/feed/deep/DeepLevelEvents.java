// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.deep;

import io.millrace.codec.deep10.PriceLevelBuyUpdateDecoder;
import io.millrace.codec.deep10.PriceLevelSellUpdateDecoder;
import io.millrace.codec.event.LevelChangedEncoder;
import io.millrace.codec.event.Side;
import io.millrace.feed.Malformation;
import io.millrace.feed.iex.IexWriter;
import io.millrace.instrument.Price;
import org.agrona.DirectBuffer;

/**
 * Price levels, as events. One event of the venue may change many levels of a symbol: until the
 * level that completes it, no event of the symbol is the last of its update, a trade in between
 * neither. An update whose completing level was lost goes on until the symbol's next complete one;
 * the channel is marked then. Owned by the ingress thread.
 */
final class DeepLevelEvents implements DeepListener {
    private final IexWriter writer;
    private final LevelChangedEncoder level = new LevelChangedEncoder();

    DeepLevelEvents(IexWriter writer) {
        this.writer = writer;
    }

    @Override
    public void onPriceLevelBuyUpdate(PriceLevelBuyUpdateDecoder message) {
        int offset = claim(message.buffer(), message.offset(), message.timestamp(), message.price(),
            message.eventFlags().eventComplete());
        if (offset >= 0) {
            publish(offset, Side.BUY, message.price(), message.size());
        }
    }

    @Override
    public void onPriceLevelSellUpdate(PriceLevelSellUpdateDecoder message) {
        int offset = claim(message.buffer(), message.offset(), message.timestamp(), message.price(),
            message.eventFlags().eventComplete());
        if (offset >= 0) {
            publish(offset, Side.SELL, message.price(), message.size());
        }
    }

    /** Returns where the event stands; below 0, and counted, when there is none. */
    private int claim(DirectBuffer message, int messageOffset, long timeNs, long price4,
                      boolean isComplete) {
        if (!IexWriter.isPrice(price4)) {
            writer.refuse(Malformation.OVERFLOW);
            return -1;
        }
        int instrumentId = writer.instrumentId(message, messageOffset, timeNs);
        if (instrumentId == IexWriter.UNKNOWN) {
            return -1;
        }
        if (isComplete) {
            writer.endUpdate(instrumentId);
        } else {
            writer.beginUpdate(instrumentId);
        }
        return writer.claim(LevelChangedEncoder.TEMPLATE_ID, LevelChangedEncoder.BLOCK_LENGTH,
            instrumentId, timeNs);
    }

    private void publish(int offset, Side side, long price4, long shares) {
        level.wrap(writer.buffer(), offset)
            .price(price4 * Price.FROM_PRICE4)
            .size(shares * Price.SIZE_UNIT)
            .orderCount(0)
            .side(side);
        writer.published();
    }
}
