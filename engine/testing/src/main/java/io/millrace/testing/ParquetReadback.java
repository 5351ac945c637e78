// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The files of a folder as DuckDB reads them, that knows nothing of Millrace. Its driver is the
 * caller's to have.
 */
public final class ParquetReadback implements AutoCloseable {
    private final Path root;
    private final Connection connection;

    /** @param root folder of the tables */
    public ParquetReadback(Path root) throws SQLException {
        this.root = root;
        Properties properties = new Properties();
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        connection = DriverManager.getConnection("jdbc:duckdb:", properties);
    }

    /** Rows of a question, the columns of each with a blank between them. */
    public List<String> ask(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
            ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getString(i));
                }
                rows.add(String.join(" ", row));
            }
        }
        return rows;
    }

    /** The events of an epoch that are rows of a table. */
    public EventSet events(String table, LocalDate epoch) throws SQLException {
        EventSet events = new EventSet();
        try (Statement statement = connection.createStatement();
            ResultSet row = statement.executeQuery("SELECT queue, sequence FROM " + table(table)
                + " WHERE epoch = DATE '" + epoch + "'")) {
            while (row.next()) {
                events.add(row.getString(1), row.getLong(2));
            }
        }
        return events;
    }

    /** A table for a question. */
    public String table(String name) {
        return "read_parquet('" + root + '/' + name + "/**/*.parquet', hive_partitioning = true)";
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
