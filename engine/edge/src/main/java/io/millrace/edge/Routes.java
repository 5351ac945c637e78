// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge;

import io.millrace.edge.metric.Metrics;
import io.millrace.edge.status.Check;
import io.millrace.edge.status.EngineStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Which path gives which answer on one port. Owned by the edge's event loop.
 */
final class Routes {
    /** Begins the paths that ask for a security's quote. */
    static final String QUOTES = "/quotes/";

    private final Map<String, Supplier<Answer>> answerByPath = new LinkedHashMap<>();
    private final EventStream events;
    private QuoteRequests quotes;

    private Routes(EventStream events) {
        this.events = events;
    }

    /** The port for programs that collect metrics. */
    static Routes metricsOnly(EventStream events, Metrics metrics) {
        Routes routes = new Routes(events);
        routes.addMetrics(metrics);
        return routes;
    }

    /** The port of the page. */
    static Routes all(EventStream events, Metrics metrics, PageFiles files) {
        Routes routes = new Routes(events);
        files.answers().forEach((path, answer) -> routes.answerByPath.put(path, () -> answer));
        routes.addMetrics(metrics);
        routes.answerByPath.put("/livez", routes::livez);
        routes.answerByPath.put("/readyz", routes::readyz);
        routes.answerByPath.put("/status", () -> Answer.momentary(Answer.OK, "application/json",
            events.latestJson()));
        routes.answerByPath.put(EventStream.PATH, () -> null);
        routes.answerByPath.put(QUOTES + "SYMBOL", () -> null);
        return routes;
    }

    /** The answer to a path; null for the stream of events. */
    Answer answer(String path) {
        Supplier<Answer> answer = answerByPath.get(path);
        return answer != null ? answer.get()
            : Answer.plain(Answer.NOT_FOUND, "nothing at " + path.replaceAll("[^!-~]", "?")
                + "; there are " + String.join(", ", answerByPath.keySet()));
    }

    /** Who answers for quotes from now on, or null. */
    void quotes(QuoteRequests requests) {
        quotes = requests;
    }

    /** True for a path that {@link #askQuote} answers. */
    boolean isQuote(String path) {
        return answerByPath.containsKey(QUOTES + "SYMBOL") && path.startsWith(QUOTES);
    }

    /** Answers now or later, on any thread. */
    void askQuote(String symbol, Consumer<Answer> answers) {
        if (quotes == null) {
            answers.accept(Answer.plain(Answer.UNAVAILABLE, "no engine runs here that answers for"
                + " quotes: it starts, has ended, or lookup.enabled is false"));
        } else {
            quotes.ask(symbol, answers);
        }
    }

    /** Who gets every picture of the engine as it is made. */
    EventStream events() {
        return events;
    }

    private void addMetrics(Metrics metrics) {
        answerByPath.put("/metrics", () -> Answer.momentary(Answer.OK, Metrics.CONTENT_TYPE,
            metrics.text(events.latest(), events.counts())));
    }

    private Answer livez() {
        EngineStatus status = events.latest();
        return Answer.plain(status.isAlive() ? Answer.OK : Answer.UNAVAILABLE,
            status.isAlive() ? "alive: engine " + status.state().text()
                : "not alive: engine " + status.state().text());
    }

    private Answer readyz() {
        EngineStatus status = events.latest();
        StringBuilder text = new StringBuilder();
        for (Check check : status.checks()) {
            text.append(check.isGood() ? "[+] " : "[-] ").append(check.name()).append(": ")
                .append(check.reason()).append('\n');
        }
        return Answer.plain(status.isReady() ? Answer.OK : Answer.UNAVAILABLE,
            text.append(status.isReady() ? "ready" : "not ready").toString());
    }
}
