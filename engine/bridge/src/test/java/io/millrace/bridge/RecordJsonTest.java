// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

import static io.millrace.journal.JournalQueue.INBOUND;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.LevelChangedEncoder;
import io.millrace.codec.event.OrderAddedEncoder;
import io.millrace.codec.event.OrderExecutedEncoder;
import io.millrace.codec.event.OrderReplacedEncoder;
import io.millrace.codec.event.QuoteEncoder;
import io.millrace.codec.event.Side;
import io.millrace.codec.event.TradeEncoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import io.millrace.event.EventView;
import io.millrace.instrument.Price;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final long TIME_NS = 1_767_355_200_000_000_500L;
    private static final String TIMES =
        ",\"ts\":1767355200,\"timestamp\":1767355200.0000005,\"ts_event\":null,"
            + "\"ts_recv\":1767355200000000500,\"flags\":17,\"epoch\":\"2026-01-02\","
            + "\"queue\":\"inbound\",\"sequence\":";

    private final EventPublisher publisher = new EventPublisher(new EventRing(16), () -> {
        throw new IllegalStateException();
    }, null, 1);
    private final OrderPrices orders = new OrderPrices(10);
    private final EventBatch batch = new EventBatch(10);

    RecordJsonTest() {
        publisher.receiveTimeNs(TIME_NS);
        batch.begin(Position.begin(DATE, TIME_NS));
    }

    private int claim(int templateId, int blockLength) {
        int offset = publisher.claim(templateId, blockLength);
        publisher.common(offset, EventDescriptor.UNDEFINED, 1, 1, 1, 17, 0);
        return offset;
    }

    private String json(int offset) {
        publisher.commit();
        EventView event = new EventView().wrap(publisher.buffer(), offset);
        orders.onEvent(event);
        batch.add(INBOUND, event, orders, false);
        int index = batch.count() - 1;
        MarketRecord record = new MarketRecord();
        record.wrap(batch, index);
        return new String(new RecordJson().write(DATE, INBOUND, batch.event(index), "A\"B",
            record), US_ASCII);
    }

    @Test
    void shouldWriteAQuoteWithExactDecimals() {
        int offset = claim(QuoteEncoder.TEMPLATE_ID, QuoteEncoder.BLOCK_LENGTH);
        new QuoteEncoder().wrap(publisher.buffer(), offset).bidPrice(185_500_000_000L)
            .bidSize(100_000_000L).askPrice(Price.UNDEFINED).askSize(1L).attribution("");
        assertEquals("{\"symbol\":\"A\\\"B\",\"venue\":\"XNAS\",\"bid\":185.5,\"ask\":null,"
            + "\"bid_size\":100,\"ask_size\":0.000001" + TIMES + "1}", json(offset));
    }

    @Test
    void shouldWriteTradesAndLevels() {
        int trade = claim(TradeEncoder.TEMPLATE_ID, TradeEncoder.BLOCK_LENGTH);
        new TradeEncoder().wrap(publisher.buffer(), trade).price(-1_000_000_001L).size(0)
            .tradeId(9).conditionCodes("").side(Side.SELL);
        assertEquals("{\"symbol\":\"A\\\"B\",\"venue\":\"XNAS\",\"price\":-1.000000001,"
            + "\"size\":0,\"side\":\"SELL\",\"trade_id\":9" + TIMES + "1}", json(trade));
        int level = claim(LevelChangedEncoder.TEMPLATE_ID, LevelChangedEncoder.BLOCK_LENGTH);
        new LevelChangedEncoder().wrap(publisher.buffer(), level).price(Price.PRICE_UNIT)
            .size(Price.SIZE_UNIT).side(Side.BUY);
        assertEquals("{\"symbol\":\"A\\\"B\",\"venue\":\"XNAS\",\"side\":\"BUY\",\"price\":1,"
            + "\"size\":1" + TIMES + "2}", json(level));
    }

    @Test
    void shouldGiveAnExecutionThePriceOfItsOrder() {
        int added = claim(OrderAddedEncoder.TEMPLATE_ID, OrderAddedEncoder.BLOCK_LENGTH);
        new OrderAddedEncoder().wrap(publisher.buffer(), added).orderId(5)
            .price(2 * Price.PRICE_UNIT).size(30).attribution("").side(Side.SELL);
        json(added);
        int replaced = claim(OrderReplacedEncoder.TEMPLATE_ID, OrderReplacedEncoder.BLOCK_LENGTH);
        new OrderReplacedEncoder().wrap(publisher.buffer(), replaced).orderId(5).newOrderId(6)
            .price(Price.UNDEFINED).size(20).attribution("").side(Side.UNKNOWN);
        json(replaced);
        String executed = "{\"symbol\":\"A\\\"B\",\"venue\":\"XNAS\",\"price\":2,"
            + "\"size\":0.00001,\"side\":\"SELL\",\"trade_id\":1" + TIMES;
        assertEquals(executed + "3}", json(executed()));
        assertEquals(executed + "4}", json(executed()));
        assertEquals(executed.replace(":2,", ":null,").replace("SELL", "UNKNOWN") + "5}",
            json(executed()));
    }

    private int executed() {
        int offset = claim(OrderExecutedEncoder.TEMPLATE_ID, OrderExecutedEncoder.BLOCK_LENGTH);
        new OrderExecutedEncoder().wrap(publisher.buffer(), offset).orderId(6)
            .price(Price.UNDEFINED).size(10).tradeId(1);
        return offset;
    }
}
