// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers of a ClickHouse server by HTTP, that any reader could ask for. */
public final class ClickHouseReadback {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI url;

    /** @param url of the server's HTTP interface */
    public ClickHouseReadback(String url) {
        this.url = URI.create(url);
    }

    /** Rows of a question, with tabs between their columns. */
    public List<String> ask(String sql) {
        try (Stream<String> lines = lines(sql)) {
            return lines.toList();
        }
    }

    private Stream<String> lines(String sql) {
        try {
            HttpResponse<Stream<String>> response = client.send(HttpRequest.newBuilder(url)
                .POST(HttpRequest.BodyPublishers.ofString(sql)).build(),
                HttpResponse.BodyHandlers.ofLines());
            if (response.statusCode() != 200) {
                throw new AssertionError(response.body().collect(Collectors.joining("\n")));
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The events of an epoch that are rows of a table. */
    public EventSet events(String table, LocalDate epoch) {
        EventSet events = new EventSet();
        try (Stream<String> lines = lines("SELECT queue, sequence FROM " + table
            + " WHERE epoch = '" + epoch + "'")) {
            lines.forEach(line -> {
                int tab = line.indexOf('\t');
                events.add(line.substring(0, tab), Long.parseLong(line.substring(tab + 1)));
            });
        }
        return events;
    }
}
