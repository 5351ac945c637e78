// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

/**
 * Why an event was not applied to a book. A refused event changes nothing but its counter and the
 * book's stale mark.
 */
public enum BookRefusal {
    /** The event names an instrument outside the configured range. */
    INVALID_INSTRUMENT,
    /** The event names no venue, or one more venue than the configured number. */
    INVALID_VENUE,
    /** Neither buy nor sell. */
    INVALID_SIDE,
    /** The price is undefined. */
    INVALID_PRICE,
    /** The size is undefined, zero, negative, or above {@link OrderSlotDescriptor#MAX_SIZE}. */
    INVALID_SIZE,
    /** No such order rests in the book of that instrument and venue. */
    UNKNOWN_ORDER,
    /** An order of that id rests in the book already. */
    DUPLICATE_ORDER,
    /** More would leave the order than rests in it. */
    SIZE_EXCEEDED,
    /** The level's total would not fit 63 bits. */
    LEVEL_OVERFLOW,
    /** Orders, levels and quotes were mixed in one book without a clearing between them. */
    WRONG_KIND,
    /** The order table is full. */
    ORDERS_EXHAUSTED,
    /** The level pool is exhausted, or the side has the largest number of levels. */
    LEVELS_EXHAUSTED
}
