// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.instrument.Price;
import io.millrace.instrument.Venue;
import org.agrona.collections.Long2LongHashMap;

/**
 * Resting orders of one firm: price, negative when it sells, and size. Two venues may give two
 * orders the same number, so that each venue has its own. Runs on the chain's thread.
 */
final class FirmOrders {
    private static final class VenueOrders {
        private final Long2LongHashMap signedPriceByOrder = new Long2LongHashMap(Price.UNDEFINED);
        private final Long2LongHashMap sizeByOrder = new Long2LongHashMap(Price.UNDEFINED);
    }

    private final VenueOrders[] byVenue;

    FirmOrders() {
        int greatest = 0;
        for (Venue venue : Venue.values()) {
            greatest = Math.max(greatest, venue.id());
        }
        byVenue = new VenueOrders[greatest + 1];
        for (int i = 0; i < byVenue.length; i++) {
            byVenue[i] = new VenueOrders();
        }
    }

    void put(int venueId, long orderId, long signedPrice, long size) {
        byVenue[venueId].signedPriceByOrder.put(orderId, signedPrice);
        byVenue[venueId].sizeByOrder.put(orderId, size);
    }

    /** Price of an order, or undefined when the firm has no such order at the venue. */
    long signedPrice(int venueId, long orderId) {
        return byVenue[venueId].signedPriceByOrder.get(orderId);
    }

    /** Takes an order away; returns its price, or undefined when there was none. */
    long remove(int venueId, long orderId) {
        byVenue[venueId].sizeByOrder.remove(orderId);
        return byVenue[venueId].signedPriceByOrder.remove(orderId);
    }

    /** Makes an order smaller; one that has nothing left is gone. */
    void reduce(int venueId, long orderId, long size) {
        Long2LongHashMap sizeByOrder = byVenue[venueId].sizeByOrder;
        long left = sizeByOrder.get(orderId) - size;
        if (left > 0) {
            sizeByOrder.put(orderId, left);
        } else {
            remove(venueId, orderId);
        }
    }

    int count() {
        int count = 0;
        for (VenueOrders orders : byVenue) {
            count += orders.signedPriceByOrder.size();
        }
        return count;
    }
}
