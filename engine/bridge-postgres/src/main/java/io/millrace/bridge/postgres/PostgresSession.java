// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.postgres;

import io.millrace.bridge.Position;
import io.millrace.bridge.table.MarketTable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * One connection, and how far the database has come by it. Rows and position move in one
 * transaction, and only from the position that this session knows: a commit whose answer was lost
 * is found by the next session, and whatever an earlier one still has on its way fails. One thread
 * at a time, but for {@link #close} and {@link #abort}.
 */
final class PostgresSession implements AutoCloseable {
    private static final int MS_PER_SECOND = 1_000;

    private final PostgresContext context;
    private final List<MarketTable> tables;
    private final TableDefinitions definitions;
    private final Connection connection;
    private Position position;
    /** The trading date whose partitions are there. */
    private LocalDate prepared;

    private PostgresSession(PostgresContext context, List<MarketTable> tables,
        Connection connection) {
        this.context = context;
        this.tables = tables;
        this.connection = connection;
        definitions = new TableDefinitions(context.schema());
    }

    /** Connects, makes what is missing, and reads the position. */
    static PostgresSession open(PostgresContext context, List<MarketTable> tables)
        throws SQLException, IOException {
        PostgresSession session = new PostgresSession(context, tables, connect(context));
        try {
            session.begin();
            return session;
        } catch (SQLException | IOException | RuntimeException e) {
            session.abort();
            throw e;
        }
    }

    private static Connection connect(PostgresContext context) throws SQLException {
        Properties properties = new Properties();
        String seconds =
            Integer.toString((context.timeoutMs() + MS_PER_SECOND - 1) / MS_PER_SECOND);
        properties.setProperty("user", context.user());
        if (!context.password().isEmpty()) {
            properties.setProperty("password", context.password());
        }
        properties.setProperty("sslmode", context.tls());
        if (!context.tlsRoot().isEmpty()) {
            properties.setProperty("sslrootcert", context.tlsRoot());
        }
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("socketTimeout", seconds);
        properties.setProperty("targetServerType", "primary");
        properties.setProperty("ApplicationName", "millrace " + context.clientId());
        return new Driver().connect("jdbc:postgresql://" + context.servers() + '/'
            + context.database(), properties);
    }

    private void begin() throws SQLException, IOException {
        connection.setAutoCommit(false);
        execute(definitions.statement("session"));
        if (query("SELECT to_regnamespace(?)", context.schema()) == null) {
            execute(definitions.statement("schema"));
        }
        makeMissing("millrace_position", definitions.statement("position"));
        for (MarketTable table : tables) {
            make(table);
        }
        connection.commit();
        position = readPosition();
        connection.commit();
    }

    private void make(MarketTable table) throws SQLException, IOException {
        boolean isTimescale = context.timescale() == PostgresContext.Timescale.AUTO
            && query("SELECT extname FROM pg_extension WHERE extname = ?", "timescaledb") != null;
        if (!isTimescale) {
            makeMissing(table.name(), definitions.partitioned(table));
        } else if (makeMissing(table.name(), definitions.plain(table))) {
            execute(definitions.hypertable(table));
        }
    }

    private boolean makeMissing(String name, String statement) throws SQLException {
        boolean isMissing = kind(name) == null;
        if (isMissing) {
            execute(statement);
        }
        return isMissing;
    }

    /** The server's letter for what bears a name, or null. */
    private String kind(String name) throws SQLException {
        return query("SELECT relkind FROM pg_class WHERE oid = to_regclass(?)",
            context.schema() + '.' + name);
    }

    private String query(String sql, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, value);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Position readPosition() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
            "SELECT epoch, birth, inbound, outbound FROM " + context.schema()
                + ".millrace_position WHERE name = ?")) {
            statement.setString(1, context.clientId());
            try (ResultSet rows = statement.executeQuery()) {
                return !rows.next() ? null : new Position(rows.getObject(1, LocalDate.class),
                    rows.getLong(2), rows.getLong(3), rows.getLong(4));
            }
        }
    }

    /** Behind the last event whose row is there, or null before the first. */
    Position position() {
        return position;
    }

    /** Commits rows and the position behind them; returns when the server has it on its disk. */
    void commit(Map<String, CopyWriter> rows, Position to) throws SQLException, IOException {
        if (!to.epoch().equals(prepared)) {
            prepare(to.epoch());
        }
        move(to);
        for (MarketTable table : tables) {
            CopyWriter writer = rows.get(table.name());
            if (writer.rows() > 0) {
                copy(table.name(), writer);
            }
        }
        connection.commit();
        position = to;
    }

    private void prepare(LocalDate epoch) throws SQLException, IOException {
        for (MarketTable table : tables) {
            String day = definitions.partitionName(table, epoch);
            if ("p".equals(kind(table.name())) && kind(day) == null) {
                execute(definitions.partition(table, epoch));
            }
        }
        connection.commit();
        prepared = epoch;
    }

    private void move(Position to) throws SQLException, IOException {
        try (PreparedStatement statement = connection.prepareStatement(
            definitions.statement(position == null ? "first_move" : "move"))) {
            bind(statement, 1, to);
            statement.setString(5, context.clientId());
            if (position != null) {
                bind(statement, 6, position);
            }
            if (statement.executeUpdate() != 1) {
                throw new SQLException("the position of '" + context.clientId() + "' in "
                    + context.schema() + " was moved by somebody else; each engine needs a "
                    + PostgresContext.CLIENT_ID_KEY + " of its own");
            }
        }
    }

    private static void bind(PreparedStatement statement, int first, Position position)
        throws SQLException {
        statement.setObject(first, position.epoch());
        statement.setLong(first + 1, position.birthNs());
        statement.setLong(first + 2, position.inbound());
        statement.setLong(first + 3, position.outbound());
    }

    private void copy(String table, CopyWriter rows) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY "
            + context.schema() + '.' + table + " FROM STDIN (FORMAT binary)");
        copy.writeToCopy(rows.bytes(), 0, rows.end());
        copy.endCopy();
    }

    /** Leaves the server; nothing is on its way. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Leaves a server that may not answer; what is on its way fails, or is found committed. */
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
