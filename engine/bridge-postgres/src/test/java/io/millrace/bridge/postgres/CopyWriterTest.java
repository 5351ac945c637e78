// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.instrument.Price;
import io.millrace.testing.LocalServers;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The real server reads every value as it was. */
class CopyWriterTest {
    private static final LocalDate DATE = LocalDate.of(2026, 11, 2);
    private static final long[] VALUES = {0, 1, -1, 9_999, 10_000, 999_999, 1_000_000,
        -1_234_567_890_123L, 100_000_000_000L, 123_456_789_012_345_678L, Long.MAX_VALUE,
        Long.MIN_VALUE + 1, Price.UNDEFINED};

    @Test
    void shouldWriteWhatTheServerReads() throws SQLException {
        LocalServers server = LocalServers.running("postgres");
        CopyWriter rows = new CopyWriter();
        List<String> expected = new ArrayList<>();
        for (long value : VALUES) {
            rows.beginRow();
            rows.date(DATE).int8(255).int16(65_535).int64(value).nullable(value).price(value)
                .size(value).text("é\"\\\t" + value);
            rows.endRow();
            expected.add(String.join(" ", DATE.toString(), "255", "65535", Long.toString(value),
                value == Price.UNDEFINED ? "-" : Long.toString(value), decimal(value, 9),
                decimal(value, 6), "é\"\\\t" + value));
        }
        try (Database database = Database.of(server)) {
            database.execute("CREATE TEMPORARY TABLE t (a date, b smallint, c integer, d bigint,"
                + " e bigint, f numeric(19, 9), g numeric(19, 6), h text)");
            copy(database, rows);
            assertEquals(expected, database.query("SELECT concat_ws(' ', a, b, c, d,"
                + " coalesce(e::text, '-'), coalesce(f::text, '-'), coalesce(g::text, '-'), h)"
                + " FROM t"));
        }
    }

    @Test
    void shouldKeepTimesToTheNanosecondBesideTheServersOwn() throws SQLException {
        LocalServers server = LocalServers.running("postgres");
        CopyWriter rows = new CopyWriter();
        LongStream.of(0, -1, 1_793_563_200_123_456_789L).forEach(ns -> {
            rows.beginRow();
            rows.time(ns).nullableTime(ns);
            rows.endRow();
        });
        rows.beginRow();
        rows.time(0).nullableTime(Price.UNDEFINED);
        rows.endRow();
        try (Database database = Database.of(server)) {
            database.execute("CREATE TEMPORARY TABLE t (a timestamptz, b bigint, c timestamptz,"
                + " d bigint)");
            copy(database, rows);
            assertEquals(List.of("1970-01-01 00:00:00 0 1970-01-01 00:00:00 0",
                "1969-12-31 23:59:59.999999 -1 1969-12-31 23:59:59.999999 -1",
                "2026-11-01 20:00:00.123456 1793563200123456789"
                    + " 2026-11-01 20:00:00.123456 1793563200123456789",
                "1970-01-01 00:00:00 0"), database.query("SELECT concat_ws(' ',"
                + " a AT TIME ZONE 'UTC', b, c AT TIME ZONE 'UTC', d) FROM t"));
        }
    }

    private static String decimal(long value, int digits) {
        return value == Price.UNDEFINED ? "-" : BigDecimal.valueOf(value, digits).toPlainString();
    }

    private static void copy(Database database, CopyWriter rows) throws SQLException {
        CopyIn copy = database.connection().unwrap(PGConnection.class).getCopyAPI()
            .copyIn("COPY t FROM STDIN (FORMAT binary)");
        copy.writeToCopy(rows.bytes(), 0, rows.end());
        copy.endCopy();
    }
}
