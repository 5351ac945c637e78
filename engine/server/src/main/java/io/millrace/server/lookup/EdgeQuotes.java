// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.lookup;

import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_OK;

import io.millrace.edge.QuoteSource.Outcome;
import io.millrace.edge.QuoteSource.Reply;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.EdgeOptions;
import io.millrace.server.config.LookupOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks the edge of an engine that runs in another process. Control thread. */
final class EdgeQuotes {
    /** Engine, cache and stores may each use up their time-out before it answers. */
    private static final int TIERS = 4;

    private final boolean isAnyPort;
    private final String address;
    private final Duration connectWait;
    private final Duration answerWait;

    EdgeQuotes(Configuration configuration) {
        isAnyPort = configuration.number(EdgeOptions.PORT) == 0;
        String host = configuration.text(EdgeOptions.INTERFACE);
        String reached = host.equals("0.0.0.0") ? "127.0.0.1" : host;
        address = "http://" + (reached.contains(":") ? '[' + reached + ']' : reached) + ':'
            + configuration.text(EdgeOptions.PORT) + "/quotes/";
        connectWait = Duration.ofMillis(configuration.number(LookupOptions.TIMEOUT));
        answerWait = connectWait.multipliedBy(TIERS);
    }

    private static Outcome outcome(int status) {
        return switch (status) {
            case HTTP_OK -> Outcome.FOUND;
            case HTTP_NOT_FOUND -> Outcome.NOT_FOUND;
            default -> Outcome.AWAY;
        };
    }

    /** What is said there of a security, or null when nobody answers for quotes. */
    Reply ask(String symbol) throws InterruptedException {
        if (isAnyPort) {
            return null;
        }
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connectWait).build();
        String path = URLEncoder.encode(symbol, StandardCharsets.UTF_8).replace("+", "%20");
        try {
            HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(address + path)).timeout(answerWait).build(),
                HttpResponse.BodyHandlers.ofString());
            boolean isQuote = response.headers().firstValue("content-type")
                .filter("application/json"::equals).isPresent();
            return isQuote ? new Reply(outcome(response.statusCode()), response.body()) : null;
        } catch (IOException e) {
            return null;
        }
    }
}
