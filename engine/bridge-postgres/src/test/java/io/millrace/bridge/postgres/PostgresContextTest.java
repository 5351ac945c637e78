// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresContextTest {
    @Test
    void shouldHaveTheseDefaults() {
        PostgresContext context = new PostgresContext().conclude();
        assertEquals(List.of("localhost:5432", "millrace", "millrace", "millrace", "millrace", "",
            "prefer", "", PostgresContext.Timescale.AUTO, 30_000),
            List.of(context.servers(), context.database(), context.schema(), context.clientId(),
                context.user(), context.password(), context.tls(), context.tlsRoot(),
                context.timescale(), context.timeoutMs()));
        assertEquals(List.of("bridge.postgres.servers", "bridge.postgres.database",
            "bridge.postgres.schema", "bridge.postgres.client-id", "bridge.postgres.user",
            "bridge.postgres.tls", "bridge.postgres.tls-root-file", "bridge.postgres.timescale",
            "bridge.postgres.timeout-ms"),
            List.of(PostgresContext.SERVERS_KEY, PostgresContext.DATABASE_KEY,
                PostgresContext.SCHEMA_KEY, PostgresContext.CLIENT_ID_KEY,
                PostgresContext.USER_KEY, PostgresContext.TLS_KEY, PostgresContext.TLS_ROOT_KEY,
                PostgresContext.TIMESCALE_KEY, PostgresContext.TIMEOUT_KEY));
    }

    @Test
    void shouldRefuseOptionsOutsideTheirRange() {
        assertRefused(new PostgresContext().servers("localhost"),
            "bridge.postgres.servers 'localhost' is not servers such as localhost:5432");
        assertRefused(new PostgresContext().database("a?b"),
            "bridge.postgres.database 'a?b' is not the name of a database");
        assertRefused(new PostgresContext().schema("A"),
            "bridge.postgres.schema 'A' is not a name of lower-case letters, digits and _");
        assertRefused(new PostgresContext().clientId(" "), "bridge.postgres.client-id is empty");
        assertRefused(new PostgresContext().tls("allow"), "bridge.postgres.tls 'allow' is not"
            + " one of disable, prefer, require, verify-ca, verify-full");
        assertRefused(new PostgresContext().timeoutMs(999),
            "bridge.postgres.timeout-ms 999 is not within 1000 to 3600000");
    }

    private static void assertRefused(PostgresContext context, String message) {
        assertEquals(message,
            assertThrows(IllegalArgumentException.class, context::conclude).getMessage());
    }
}
