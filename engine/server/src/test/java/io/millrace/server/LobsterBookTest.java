// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.book.BookView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * A recorded day's first 998 order events of one stock, turned into ITCH, against the ten levels a
 * side that were recorded after each. The recording begins in mid-book and shows only ten levels,
 * so a side is known from its best price down to a horizon: down to the tenth level of row 1 at
 * first, never further than the tenth level of any row since. A level beyond the horizon that comes
 * into view is taken from the recording, not compared, and known from then on.
 */
class LobsterBookTest {
    private static final String FOLDER = "lobster/AAPL_2012-06-21_";
    private static final int LEVELS = 10;
    private static final int LEAST_COMPARED = 18_000;

    /** One recorded order event; shares and price in wire units. */
    private record Row(long timeNs, int type, long orderId, int shares, int price, boolean isBuy) {
    }

    private final Map<Long, Row> resting = new HashMap<>();
    private final Map<Integer, Long> strangers = new HashMap<>();
    private final int[] horizons = new int[2];
    private long nextStranger = 1L << 40;
    private long compared;
    private long taken;

    @Test
    void shouldReproduceEveryLevelThatTheRecordingDetermines() throws IOException {
        List<String> rows = lines(Captures.file(FOLDER + "message_10.first998.csv"), false);
        List<String> books = lines(Captures.file(FOLDER + "orderbook_10.first998.csv.gz"), true);
        assertEquals(rows.size(), books.size());
        try (Itch50Bench bench = new Itch50Bench()) {
            for (int i = 0; i < rows.size(); i++) {
                if (i > 0) {
                    send(bench, row(rows.get(i)));
                }
                compareSide(bench, i, books.get(i), true);
                compareSide(bench, i, books.get(i), false);
            }
            assertEquals(0, bench.refusals());
        }
        System.out.printf("LOBSTER: %d rows, %d levels equal, %d levels taken at the horizon%n",
            rows.size(), compared, taken);
        assertTrue(compared >= LEAST_COMPARED, "levels compared: " + compared);
    }

    private void send(Itch50Bench bench, Row row) {
        Row known = resting.get(row.orderId);
        switch (row.type) {
            case 1 -> {
                bench.add(row.orderId, row.isBuy, row.shares, row.price, row.timeNs);
                resting.put(row.orderId, row);
            }
            case 3 -> {
                if (known != null) {
                    bench.delete(row.orderId, row.timeNs);
                    resting.remove(row.orderId);
                } else {
                    reduceStranger(bench, row);
                }
            }
            case 2, 4 -> {
                if (known == null) {
                    reduceStranger(bench, row);
                } else if (row.type == 2) {
                    bench.cancel(row.orderId, row.shares, row.timeNs);
                } else {
                    bench.execute(row.orderId, row.shares, row.timeNs);
                }
            }
            case 5 -> bench.trade(row.isBuy, row.shares, row.price, row.timeNs);
            default -> throw new AssertionError("event type " + row.type);
        }
    }

    /** An order from before row 1: it is part of what the recording gave as its level's total. */
    private void reduceStranger(Itch50Bench bench, Row row) {
        Long stranger = strangers.get(key(row.price, row.isBuy));
        if (stranger != null) {
            bench.cancel(stranger, row.shares, row.timeNs);
        }
    }

    private void compareSide(Itch50Bench bench, int number, String recorded, boolean isBuy) {
        String[] fields = recorded.split(",");
        int horizon = horizons[isBuy ? 0 : 1];
        int worst = price(fields, LEVELS - 1, isBuy);
        for (int level = 0; level < LEVELS; level++) {
            int price = price(fields, level, isBuy);
            int shares = Integer.parseInt(fields[4 * level + (isBuy ? 3 : 1)]);
            if (number == 0 || isBeyond(price, horizon, isBuy)) {
                take(bench, price, shares, isBuy);
            } else {
                BookView book = bench.book();
                assertEquals(price, bench.price(book, level, isBuy), "row " + (number + 1));
                assertEquals(shares, bench.shares(book, level, isBuy), "row " + (number + 1));
                compared++;
            }
        }
        forgetBeyond(bench, worst, isBuy);
        horizons[isBuy ? 0 : 1] = worst;
    }

    private void take(Itch50Bench bench, int price, int shares, boolean isBuy) {
        long stranger = nextStranger++;
        bench.add(stranger, isBuy, shares, price, 0);
        strangers.put(key(price, isBuy), stranger);
        taken++;
    }

    /** What is out of view may change unseen: it leaves the book until it comes back into view. */
    private void forgetBeyond(Itch50Bench bench, int worst, boolean isBuy) {
        List<Long> beyond = new ArrayList<>();
        BookView book = bench.book();
        int count = isBuy ? book.bidLevelCount() : book.askLevelCount();
        for (int level = count - 1; level >= 0; level--) {
            int price = bench.price(book, level, isBuy);
            if (isBeyond(price, worst, isBuy)) {
                if (isBuy) {
                    book.forEachBidOrder(level, (id, size) -> beyond.add(id));
                } else {
                    book.forEachAskOrder(level, (id, size) -> beyond.add(id));
                }
                strangers.remove(key(price, isBuy));
            }
        }
        for (long orderId : beyond) {
            bench.delete(orderId, 0);
            resting.remove(orderId);
        }
    }

    private static boolean isBeyond(int price, int horizon, boolean isBuy) {
        return isBuy ? price < horizon : price > horizon;
    }

    private static int price(String[] fields, int level, boolean isBuy) {
        return Integer.parseInt(fields[4 * level + (isBuy ? 2 : 0)]);
    }

    private static int key(int price, boolean isBuy) {
        return isBuy ? price : -price;
    }

    private static Row row(String line) {
        String[] fields = line.split(",");
        String[] time = fields[0].split("\\.");
        long ns = Long.parseLong((time[1] + "000000000").substring(0, 9));
        return new Row(Long.parseLong(time[0]) * 1_000_000_000L + ns, Integer.parseInt(fields[1]),
            Long.parseLong(fields[2]), Integer.parseInt(fields[3]), Integer.parseInt(fields[4]),
            fields[5].equals("1"));
    }

    private static List<String> lines(Path file, boolean isCompressed) throws IOException {
        try (var raw = Files.newInputStream(file);
             var reader = new BufferedReader(new InputStreamReader(
                 isCompressed ? new GZIPInputStream(raw) : raw, StandardCharsets.US_ASCII))) {
            return reader.lines().toList();
        }
    }
}
