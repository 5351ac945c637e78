// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import io.millrace.codec.itch50.SystemEventDecoder;
import java.util.function.LongUnaryOperator;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A trading day of a pretended exchange as ITCH 5.0 messages, one per call, the same bytes for
 * the same options. It keeps the exchange's own books, which can be looked at between calls.
 * Owned by one thread; allocates nothing once the books have their shape.
 */
public final class OrderFlow implements MessageSource {
    /** Bytes the longest message needs. */
    public static final int MAX_MESSAGE_LENGTH = 64;

    private static final int PER_MILLE = 1_000;
    private static final int EXECUTIONS = 43;
    private static final int REPLACES = EXECUTIONS + 41;
    private static final int CANCELS = REPLACES + 22;
    private static final int PRINTS = CANCELS + 5;
    private static final int ADDS_BELOW_TARGET = PRINTS + 474;
    private static final int ADDS_ABOVE_TARGET = PRINTS + 442;
    private static final int RARE_TIMES = 20_000;
    private static final int CROSSING_TIMES = 50;
    private static final int FILL_ADDS = 920;
    private static final int FILL_CANCELS = 980;
    private static final int LATE_ADDS = 250;
    private static final int IMBALANCE_PARTS = 10;

    private final DayPlan plan;
    private final DayClock clock;
    private final SimulatedMarket market;
    private final DirectoryScript directory;
    private final OrderActions actions;
    private final Auctions auctions;
    private final Halts halts;
    private final FlowCounts counts;
    private final SystemEventDecoder prefix = new SystemEventDecoder();
    private final long seed;
    private final long messages;
    private final int liveOrders;
    private final long imbalanceStride;
    private LongUnaryOperator sending = LongUnaryOperator.identity();
    private LongUnaryOperator stamping = LongUnaryOperator.identity();
    private long index;
    private long timeNs;
    private int part = DayPlan.DIRECTORY;
    private boolean hasBegun;

    /** @param context the options, concluded or not */
    public OrderFlow(OrderFlowContext context) {
        context.conclude();
        seed = context.seed();
        messages = context.messages();
        liveOrders = context.liveOrders();
        SeededRandom random = new SeededRandom(context.seed());
        plan = new DayPlan(context);
        market = new SimulatedMarket(context, random);
        clock = new DayClock(plan, random);
        directory = new DirectoryScript(market, plan);
        actions = new OrderActions(market);
        auctions = new Auctions(market, plan.auctions());
        halts = new Halts(market, plan, directory.ipoLocate());
        counts = new FlowCounts(context.symbols());
        long window = plan.firstIndex(DayPlan.OPEN_BURST) - plan.firstIndex(DayPlan.PRE_OPEN);
        imbalanceStride = Math.max(2, window / IMBALANCE_PARTS / plan.auctions());
    }

    /**
     * Changes when messages are sent and what their timestamps say; before the first message.
     *
     * @param sendingTimes  from the plan's times, which never decrease, to those of sending
     * @param stampingTimes from times of sending to timestamps
     */
    public OrderFlow times(LongUnaryOperator sendingTimes, LongUnaryOperator stampingTimes) {
        sending = sendingTimes;
        stamping = stampingTimes;
        return this;
    }

    @Override
    public int next(MutableDirectBuffer buffer, int offset) {
        if (index == messages) {
            return 0;
        }
        if (!actions.isSweeping()) {
            timeNs = sending.applyAsLong(clock.advance(index));
            enter(clock.part());
        }
        market.writer.wrap(buffer, offset, stamping.applyAsLong(timeNs));
        int length = write();
        index++;
        prefix.wrap(buffer, offset, SystemEventDecoder.BLOCK_LENGTH, 0);
        counts.onMessage(prefix.messageType(), prefix.stockLocate());
        return length;
    }

    /** Writes what is left of the day to a sink, which stays open. */
    public void writeTo(FlowSink sink) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_MESSAGE_LENGTH]);
        for (int length = next(buffer, 0); length > 0; length = next(buffer, 0)) {
            sink.onMessage(buffer, 0, length, timeNs);
        }
    }

    @Override
    public long timeNs() {
        return timeNs;
    }

    /** True when the next message belongs to the same event as the last: a sweep or a cross. */
    public boolean isInEvent() {
        return actions.isSweeping() || auctions.isMidCross();
    }

    /** Where the random numbers began. */
    public long seed() {
        return seed;
    }

    /** Messages the whole day has. */
    public long messages() {
        return messages;
    }

    /** The exchange's own books after the last message. */
    public SimulatedBooks books() {
        return market.books;
    }

    /** What was written so far. */
    public FlowCounts counts() {
        return counts;
    }

    private void enter(int newPart) {
        if (newPart != part) {
            part = newPart;
            hasBegun = false;
        }
    }

    private int write() {
        if (auctions.isRunning()) {
            return auctions.next();
        }
        switch (part) {
            case DayPlan.DIRECTORY:
                return directory.next();
            case DayPlan.PRE_OPEN:
                return hasBegun ? preOpen() : begin('S');
            case DayPlan.OPEN_BURST:
                return hasBegun ? trade() : beginOpening();
            case DayPlan.REGULAR:
            case DayPlan.CLOSE_BURST:
                return trade();
            case DayPlan.AFTER_HOURS:
                return hasBegun ? afterHours() : beginClosing();
            default:
                return hasBegun ? market.writer.systemEvent('C') : begin('E');
        }
    }

    private int begin(char systemEvent) {
        hasBegun = true;
        return market.writer.systemEvent(systemEvent);
    }

    private int beginOpening() {
        auctions.beginOpening();
        return begin('Q');
    }

    private int beginClosing() {
        actions.endSweep();
        auctions.beginClosing();
        return begin('M');
    }

    private int preOpen() {
        if (isImbalanceDue(plan.firstIndex(DayPlan.OPEN_BURST))) {
            return auctions.imbalance('O');
        }
        int draw = market.random.below(PER_MILLE);
        if (draw < FILL_ADDS && market.books.liveOrders() < liveOrders) {
            return market.random.oneIn(CROSSING_TIMES)
                ? actions.addCrossing(auctions.drawLocate()) : actions.add();
        }
        return draw >= FILL_CANCELS ? actions.cancel() : actions.delete();
    }

    private int trade() {
        if (actions.isSweeping()) {
            return actions.execute();
        }
        if (halts.isDue(index)) {
            return halts.next(index);
        }
        if (part == DayPlan.CLOSE_BURST && isImbalanceDue(plan.firstIndex(DayPlan.AFTER_HOURS))) {
            return auctions.imbalance('C');
        }
        return market.random.oneIn(RARE_TIMES) ? rare() : act();
    }

    private int act() {
        int draw = market.random.below(PER_MILLE);
        if (draw < EXECUTIONS) {
            return actions.execute();
        }
        if (draw < REPLACES) {
            return actions.replace();
        }
        if (draw < CANCELS) {
            return actions.cancel();
        }
        if (draw < PRINTS) {
            return actions.print();
        }
        int adds = market.books.liveOrders() < liveOrders ? ADDS_BELOW_TARGET : ADDS_ABOVE_TARGET;
        return draw < adds ? actions.add() : actions.delete();
    }

    private int rare() {
        int kind = market.random.below(4);
        if (kind < 2) {
            return actions.breakTrade();
        }
        if (kind == 2) {
            char flag = market.random.oneIn(2) ? 'A' : 'N';
            return market.directory.retailInterest(market.drawLocate(), flag);
        }
        return halts.toggleSisterMarket();
    }

    /** Day orders go; half of the market is good till it is cancelled and stays. */
    private int afterHours() {
        int adds = market.books.liveOrders() * 2 > liveOrders ? LATE_ADDS : PER_MILLE / 2;
        return market.random.below(PER_MILLE) < adds ? actions.add() : actions.delete();
    }

    private boolean isImbalanceDue(long end) {
        return index >= end - imbalanceStride * plan.auctions()
            && (end - index) % imbalanceStride == 0;
    }
}
