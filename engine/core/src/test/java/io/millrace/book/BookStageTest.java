// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.instrument.Price.UNDEFINED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.book.BookRig.Best;
import io.millrace.book.BookRig.Level;
import io.millrace.book.BookRig.Stale;
import io.millrace.codec.event.GapState;
import io.millrace.codec.event.Side;
import io.millrace.event.EventFlag;
import io.millrace.instrument.Venue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookStageTest {
    private final BookRig rig = new BookRig(BookRig.small().levelUpdates(7));

    @Test
    void shouldPublishBestOnlyWhenItChanges() {
        rig.add(1, 10, Side.BUY, 100, 5).add(1, 11, Side.BUY, 99, 5).add(1, 12, Side.SELL, 102, 7)
            .execute(1, 10, 2).delete(1, 11).delete(1, 10).run();
        assertEquals(List.of(
            new Best(1, 1, 100, 5, UNDEFINED, 0),
            new Best(1, 1, 100, 5, 102, 7),
            new Best(1, 1, 100, 3, 102, 7),
            new Best(1, 1, UNDEFINED, 0, 102, 7)), rig.derived());
        assertEquals(6, rig.stage.appliedCount());
    }

    @Test
    void shouldNotPublishBestWhenReplacementLeavesItAsItWas() {
        rig.add(1, 10, Side.BUY, 100, 5).run();
        rig.derived();
        rig.replace(1, 10, 11, 100, 5).run();
        assertEquals(List.of(), rig.derived());
        assertEquals(List.of("11x5"), orders(rig.book(1)));
    }

    @Test
    void shouldMoveReplacedOrderBehindTheOthersOfItsLevel() {
        rig.add(1, 10, Side.BUY, 100, 5).add(1, 11, Side.BUY, 100, 6).replace(1, 10, 12, 100, 5)
            .run();
        assertEquals(List.of("11x6", "12x5"), orders(rig.book(1)));
    }

    @Test
    void shouldKeepPlaceWhenReplacementKeepsPriority() {
        rig.add(1, 10, Side.BUY, 100, 5).add(1, 11, Side.BUY, 100, 6)
            .replace(1, 10, 10, 100, 4, true).run();
        assertEquals(List.of("10x4", "11x6"), orders(rig.book(1)));
        assertEquals(10, rig.book(1).bestBidSize());
    }

    @Test
    void shouldHoldBestBackUntilTheUpdateIsWhole() {
        rig.flags = 0;
        rig.add(1, 10, Side.BUY, 100, 5).add(1, 11, Side.BUY, 101, 5).run();
        assertEquals(List.of(), rig.derived());
        rig.flags = EventFlag.LAST;
        rig.add(1, 12, Side.BUY, 90, 5).run();
        assertEquals(List.of(new Best(1, 1, 101, 5, UNDEFINED, 0)), rig.derived());
    }

    @Test
    void shouldShowTheBookAsItWasUntilTheUpdateIsWhole() {
        rig.level(1, Side.BUY, 100, 5).level(1, Side.BUY, 99, 4).level(1, Side.SELL, 102, 7).run();
        rig.flags = 0;
        rig.level(1, Side.SELL, 104, 1).run();
        assertEquals("false 100x5 1 102x7 1", shown());
        rig.level(1, Side.SELL, 102, 0).level(1, Side.BUY, 103, 9).run();
        assertEquals("false 100x5 1 102x7 1", shown());
        assertEquals(UNDEFINED, rig.book(1).bidPrice(1));
        assertEquals(0, rig.book(1).bidSize(1));
        BookView bare = rig.stage.bareBook(1, rig.venueId);
        assertEquals(List.of(103L, 9L, 3, 104L, 1L, 1, false), List.of(bare.bestBid(),
            bare.bestBidSize(), bare.bidLevelCount(), bare.bestAsk(), bare.bestAskSize(),
            bare.askLevelCount(), bare.isWhole()));
        rig.flags = EventFlag.LAST;
        rig.level(1, Side.BUY, 98, 3).run();
        assertEquals("true 103x9 4 104x1 1", shown());
        assertEquals(99, rig.book(1).bidPrice(2));
        rig.stage.checkInvariants();
    }

    @Test
    void shouldShowAnEmptyBookDuringItsFirstUpdate() {
        rig.flags = 0;
        rig.add(1, 10, Side.BUY, 100, 5).run();
        assertEquals("false " + UNDEFINED + "x0 0 " + UNDEFINED + "x0 0", shown());
        assertEquals(0, rig.book(1).forEachBidOrder(0, (id, size) -> { }));
    }

    @Test
    void shouldHealALostBookByItsNextQuote() {
        rig.quote(1, 100, 5, 102, 6).quote(2, 200, 5, 202, 6).gap(GapState.LOST).run();
        assertTrue(rig.book(1).isStale());
        rig.derived();
        rig.quote(1, 100, 5, 103, 6).run();
        assertEquals(List.of(new Stale(1, "GAP", "RECOVERED"), new Best(1, 1, 100, 5, 103, 6)),
            rig.derived());
        assertFalse(rig.book(1).isStale());
        assertTrue(rig.book(2).isStale());
    }

    @Test
    void shouldAcceptCrossedBooks() {
        rig.add(1, 10, Side.BUY, 105, 5).add(1, 11, Side.SELL, 100, 5).run();
        assertEquals(105, rig.book(1).bestBid());
        assertEquals(100, rig.book(1).bestAsk());
        assertEquals(0, rig.counts.total());
    }

    @Test
    void shouldKeepVenuesApartThatUseTheSameOrderIds() {
        rig.add(1, 10, Side.BUY, 100, 5);
        rig.venueId = Venue.IEXG.id();
        rig.add(1, 10, Side.BUY, 101, 6).run();
        assertEquals(101, rig.book(1).bestBid());
        assertEquals(100, rig.stage.book(1, 1).bestBid());
        assertEquals(2, rig.stage.orderCount());
    }

    @Test
    void shouldNotFindOrderThroughAnotherInstrument() {
        rig.add(1, 10, Side.BUY, 100, 5).delete(2, 10).run();
        assertEquals(1, rig.counts.of(BookRefusal.UNKNOWN_ORDER));
        assertEquals(100, rig.book(1).bestBid());
        assertFalse(rig.book(1).isStale());
        assertTrue(rig.book(2).isStale());
    }

    @Test
    void shouldCountRefusalsByKindAndTellStalenessOnce() {
        rig.add(1, 10, Side.BUY, 100, 5).add(1, 10, Side.BUY, 100, 5).execute(1, 10, 6)
            .add(1, 11, Side.BUY, 100, 0).add(1, 11, Side.BUY, UNDEFINED, 1)
            .add(1, 11, Side.UNKNOWN, 100, 1).add(99, 11, Side.BUY, 100, 1)
            .add(-5, 11, Side.BUY, 100, 1).level(1, Side.BUY, 100, 1).run();
        rig.venueId = 77;
        rig.add(1, 11, Side.BUY, 100, 1).run();
        assertEquals(1, rig.counts.of(BookRefusal.DUPLICATE_ORDER));
        assertEquals(1, rig.counts.of(BookRefusal.SIZE_EXCEEDED));
        assertEquals(1, rig.counts.of(BookRefusal.INVALID_SIZE));
        assertEquals(1, rig.counts.of(BookRefusal.INVALID_PRICE));
        assertEquals(1, rig.counts.of(BookRefusal.INVALID_SIDE));
        assertEquals(2, rig.counts.of(BookRefusal.INVALID_INSTRUMENT));
        assertEquals(1, rig.counts.of(BookRefusal.INVALID_VENUE));
        assertEquals(1, rig.counts.of(BookRefusal.WRONG_KIND));
        assertEquals(1, rig.counts.staleCount());
        assertEquals(List.of(new Best(1, 1, 100, 5, UNDEFINED, 0),
            new Stale(1, "BAD_DATA", "STALE")), rig.derived());
        rig.stage.checkInvariants();
    }

    @Test
    void shouldRefuseOneVenueTooMany() {
        for (int venue = 1; venue <= 4; venue++) {
            rig.venueId = venue;
            rig.add(1, 10, Side.BUY, 100, 5).run();
        }
        assertEquals(1, rig.counts.of(BookRefusal.INVALID_VENUE));
        assertEquals(UNDEFINED, rig.book(1).bestBid());
    }

    @Test
    void shouldSetAndRemoveLevelsOfLevelBooks() {
        rig.level(1, Side.BUY, 100, 5).level(1, Side.BUY, 101, 6).level(1, Side.BUY, 100, 7)
            .level(1, Side.BUY, 101, 0).level(1, Side.BUY, 90, 0).level(1, Side.SELL, 103, -1)
            .run();
        assertEquals(List.of(
            new Best(1, 1, 100, 5, UNDEFINED, 0),
            new Best(1, 1, 101, 6, UNDEFINED, 0),
            new Best(1, 1, 100, 7, UNDEFINED, 0),
            new Stale(1, "BAD_DATA", "STALE")), rig.derived());
        assertEquals(0, rig.book(1).forEachBidOrder(0, (id, size) -> { }));
        rig.stage.checkInvariants();
    }

    @Test
    void shouldHashWhatAQuoteDidToItsBook() {
        BookRig whole = new BookRig(BookRig.small());
        BookRig refusing = new BookRig(BookRig.small().maxLevels(1));
        long wholeHash = whole.quote(1, 100, 5, 102, 6).run().stage.appliedHash();
        long refusedHash = refusing.quote(1, 100, 5, 102, 6).run().stage.appliedHash();
        assertNotEquals(wholeHash, refusedHash);
    }

    @Test
    void shouldKeepTheFormerQuoteWhenALevelOfTheNextHasNoRoom() {
        BookRig tight = new BookRig(BookRig.small().maxLevels(2));
        tight.quote(1, 100, 5, UNDEFINED, 0).level(2, Side.SELL, 200, 1)
            .quote(1, 101, 7, UNDEFINED, 0).quote(1, 99, 5, 102, 6).run();
        assertEquals(1, tight.counts.of(BookRefusal.LEVELS_EXHAUSTED));
        assertEquals("101x7 " + UNDEFINED, tight.book(1).bestBid() + "x"
            + tight.book(1).bestBidSize() + " " + tight.book(1).bestAsk());
        tight.stage.checkInvariants();
    }

    @Test
    void shouldKeepOnlyTheLastQuote() {
        rig.quote(1, 100, 5, 102, 6).quote(1, 100, 5, 102, 6).quote(1, 99, 0, 103, 6)
            .quote(1, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED).run();
        assertEquals(List.of(
            new Best(1, 1, 100, 5, 102, 6),
            new Best(1, 1, UNDEFINED, 0, 103, 6),
            new Best(1, 1, UNDEFINED, 0, UNDEFINED, 0)), rig.derived());
        rig.stage.checkInvariants();
    }

    @Test
    void shouldPublishLevelsOfTheInstrumentsAskedFor() {
        rig.add(7, 10, Side.BUY, 100, 5).add(7, 11, Side.BUY, 99, 5).replace(7, 11, 12, 98, 4)
            .delete(7, 10).run();
        List<Object> levels = rig.derived();
        levels.removeIf(record -> !(record instanceof Level));
        assertEquals(List.of(
            new Level(7, "BUY", 100, 5, 0), new Level(7, "BUY", 99, 5, 1),
            new Level(7, "BUY", 99, 0, 1), new Level(7, "BUY", 98, 4, 1),
            new Level(7, "BUY", 100, 0, 0)), levels);
    }

    @Test
    void shouldEmptyOneBookOrAllOfTheChannelWhenCleared() {
        rig.add(1, 10, Side.BUY, 100, 5).add(2, 10, Side.SELL, 100, 5).delete(3, 1).clear(1).run();
        assertEquals(1, rig.stage.orderCount());
        assertEquals(new Best(1, 1, UNDEFINED, 0, UNDEFINED, 0), last(rig.derived()));
        rig.channelId = 2;
        rig.clear(0).run();
        assertEquals(1, rig.stage.orderCount());
        rig.channelId = 1;
        rig.clear(0).add(2, 10, Side.SELL, 101, 5).run();
        assertEquals(List.of(
            new Best(2, 1, UNDEFINED, 0, UNDEFINED, 0), new Stale(3, "SNAPSHOT", "RECOVERED"),
            new Best(2, 1, UNDEFINED, 0, 101, 5)), rig.derived());
        assertFalse(rig.book(3).isStale());
        rig.stage.checkInvariants();
    }

    @Test
    void shouldWithholdBestWhileSnapshotIsRead() {
        rig.add(1, 10, Side.BUY, 100, 5).delete(1, 99).run();
        rig.derived();
        rig.beginSnapshot(0).add(1, 20, Side.BUY, 101, 5).add(2, 21, Side.BUY, 50, 5).run();
        assertEquals(List.of(), rig.derived());
        assertTrue(rig.book(1).isStale() && rig.book(2).isStale());
        rig.endSnapshot(0).add(3, 22, Side.BUY, 7, 7).run();
        assertEquals(List.of(
            new Stale(1, "SNAPSHOT", "RECOVERED"), new Best(1, 1, 101, 5, UNDEFINED, 0),
            new Best(2, 1, 50, 5, UNDEFINED, 0), new Best(3, 1, 7, 7, UNDEFINED, 0)),
            rig.derived());
        assertFalse(rig.book(1).isStale() || rig.book(2).isStale() || rig.book(3).isStale());
    }

    @Test
    void shouldStayStaleWhenTheSnapshotItselfWasBad() {
        rig.beginSnapshot(1).add(1, 20, Side.BUY, 101, 5).delete(1, 7).endSnapshot(1).run();
        assertTrue(rig.book(1).isStale());
        assertEquals(List.of(new Stale(1, "BAD_DATA", "STALE"),
            new Best(1, 1, 101, 5, UNDEFINED, 0)), rig.derived());
    }

    @Test
    void shouldDistrustBooksBehindLostMessagesUntilSnapshot() {
        rig.add(1, 10, Side.BUY, 100, 5).gap(GapState.OPEN).gap(GapState.HEALED).run();
        assertFalse(rig.book(1).isStale());
        rig.gap(GapState.LOST).add(2, 11, Side.BUY, 100, 5).run();
        assertTrue(rig.book(1).isStale() && rig.book(2).isStale());
        rig.beginSnapshot(0).endSnapshot(0).run();
        assertFalse(rig.book(1).isStale() || rig.book(2).isStale());
    }

    @Test
    void shouldHashEveryWordOfEveryEvent() {
        long expected = hashAfter(-1);
        assertEquals(expected, hashAfter(-1));
        for (int offset = 0; offset < 72; offset++) {
            assertNotEquals(expected, hashAfter(offset), "byte " + offset);
        }
        for (int offset = 72; offset < 80; offset++) {
            assertEquals(expected, hashAfter(offset), "byte " + offset + " is measurement");
        }
    }

    /** Hash after three orders, one byte of the middle one changed. */
    private static long hashAfter(int changedOffset) {
        BookRig rig = new BookRig(BookRig.small());
        rig.add(1, 10, Side.BUY, 100, 5).add(1, 11, Side.BUY, 100, 5);
        if (changedOffset >= 0) {
            int offset = rig.inbound.blockOffset(1) + changedOffset;
            byte changed = (byte) (rig.publisher.buffer().getByte(offset) ^ 0x40);
            rig.publisher.buffer().putByte(offset, changed);
        }
        rig.add(1, 12, Side.BUY, 100, 5).run();
        return rig.stage.appliedHash();
    }

    private static Object last(List<Object> records) {
        return records.get(records.size() - 1);
    }

    private static List<String> orders(BookView book) {
        List<String> orders = new ArrayList<>();
        book.forEachBidOrder(0, (id, size) -> orders.add(id + "x" + size));
        return orders;
    }

    /** Whether the first book is whole, its best and its number of levels, a side each. */
    private String shown() {
        BookView book = rig.book(1);
        return book.isWhole() + " " + book.bestBid() + "x" + book.bestBidSize() + " "
            + book.bidLevelCount() + " " + book.bestAsk() + "x" + book.bestAskSize() + " "
            + book.askLevelCount();
    }
}
