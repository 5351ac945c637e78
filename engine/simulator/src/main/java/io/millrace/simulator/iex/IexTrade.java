// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.iex;

/** One trade as IEX reports it, kept for the case that it is broken. Owned by the flow's thread. */
final class IexTrade {
    long id;
    long symbol;
    long size;
    long price;
    boolean isExtended;
    boolean isOddLot;
    boolean isCross;

    IexTrade set(long newId, long newSymbol, long newSize, long newPrice) {
        id = newId;
        symbol = newSymbol;
        size = newSize;
        price = newPrice;
        return this;
    }
}
