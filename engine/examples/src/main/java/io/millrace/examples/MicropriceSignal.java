// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.codec.event.BboDecoder;
import io.millrace.instrument.Price;
import io.millrace.strategy.MarketView;
import io.millrace.strategy.Strategy;

/**
 * Says in which direction the size at the touch leans. The microprice weighs bid and ask by the
 * size on the opposite side; when it lies in the upper or lower fifth of the spread, and says so
 * for the first time, a signal is told. Runs on the chain's thread and allocates nothing.
 */
public final class MicropriceSignal implements Strategy {
    /** Is told of signals, on the chain's thread. */
    @FunctionalInterface
    public interface SignalListener {
        /**
         * The lean of an instrument changed.
         *
         * @param sequence   of the inbound event that changed it
         * @param direction  1 up, -1 down
         * @param microprice 1e-9 currency units
         */
        void onSignal(long sequence, int instrumentId, int direction, long microprice);
    }

    private static final int FIFTHS = 5;

    private final byte[] directionById;
    private final SignalListener listener;
    private long signals;

    /** @param maxInstruments greatest instrument id */
    public MicropriceSignal(int maxInstruments, SignalListener listener) {
        directionById = new byte[maxInstruments + 1];
        this.listener = listener;
    }

    @Override
    public void onBbo(BboDecoder bbo, MarketView market) {
        int instrumentId = bbo.instrumentId();
        int direction = direction(bbo);
        if (direction == directionById[instrumentId]) {
            return;
        }
        directionById[instrumentId] = (byte) direction;
        if (direction != 0) {
            signals++;
            long price = microprice(bbo.bidPrice(), bbo.bidSize(), bbo.askPrice(), bbo.askSize());
            listener.onSignal(market.event().sequence(), instrumentId, direction, price);
        }
    }

    /** Number of signals told. */
    public long signals() {
        return signals;
    }

    /**
     * The price between bid and ask at which the sizes balance; exact to a billionth of the
     * spread.
     */
    public static long microprice(long bid, long bidSize, long ask, long askSize) {
        double share = bidSize / (double) (bidSize + askSize);
        return bid + (long) ((ask - bid) * share);
    }

    private static int direction(BboDecoder bbo) {
        boolean isTwoSided = bbo.bidPrice() != Price.UNDEFINED && bbo.askPrice() != Price.UNDEFINED;
        if (!isTwoSided || bbo.bidPrice() >= bbo.askPrice()) {
            return 0;
        }
        long total = bbo.bidSize() + bbo.askSize();
        if (bbo.bidSize() > total / FIFTHS * (FIFTHS - 1)) {
            return 1;
        }
        return bbo.bidSize() < total / FIFTHS ? -1 : 0;
    }
}
