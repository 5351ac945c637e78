// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.counter.EngineClock;
import io.millrace.edge.metric.ExpositionCheck;
import io.millrace.edge.status.EngineState;
import io.millrace.edge.status.StatusLabels;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EdgeServerTest {
    private final PretendedEngine engine = PretendedEngine.running();
    private final HttpClient client = HttpClient.newHttpClient();
    private final EdgeServer edge = open(64);
    private AutoCloseable watching;

    @AfterEach
    void close() throws Exception {
        if (watching != null) {
            watching.close();
        }
        edge.close();
    }

    @Test
    void shouldSayThatItStartsBeforeItWatchesAnything() throws Exception {
        assertEquals("503 [-] engine: starting\nnot ready\n", get("readyz"));
        assertEquals("200 alive: engine starting\n", get("livez"));
        assertTrue(get("metrics").contains("\nmillrace_engine_up 0\n"));
    }

    @Test
    void shouldShowTheEngineOnAllPathsOfThePage() throws Exception {
        watch();

        assertTrue(get("readyz").startsWith("200 [+] engine: running\n[+] feed SIMA-1: packets"
            + " come\n"), get("readyz"));
        assertEquals("200 alive: engine running\n", get("livez"));
        assertTrue(get("status").startsWith("200 {\"timeMs\":"), get("status"));
        assertTrue(get("").contains("<html"), get(""));
        for (String path : List.of("page.js", "page.css", "charts.js", "chart.js")) {
            assertTrue(get(path).startsWith("200 "), path);
        }
    }

    @Test
    void shouldServeMetricsOnBothPortsAndNothingElseOnTheirOwn() throws Exception {
        watch();
        HttpResponse<String> own = send("GET", edge.metricsAddress());
        HttpResponse<String> page = send("GET", edge.pageAddress() + "metrics");

        assertEquals("text/plain; version=0.0.4; charset=utf-8",
            own.headers().firstValue("content-type").orElseThrow());
        assertEquals(List.of(), new ExpositionCheck(own.body()).problems());
        assertEquals(new ExpositionCheck(page.body()).types(),
            new ExpositionCheck(own.body()).types());
        assertEquals(404, send("GET", edge.metricsAddress().replace("/metrics", "/livez"))
            .statusCode());
    }

    @Test
    void shouldTellAStoppedEngineAndAFailedOne() throws Exception {
        watch();
        engine.set(StatusLabels.ENGINE_STATE, EngineState.STOPPED.ordinal());
        endWatch();
        assertEquals("200 alive: engine stopped\n", get("livez"));
        assertTrue(get("readyz").startsWith("503 [-] engine: stopped\n"), get("readyz"));

        engine.set(StatusLabels.ENGINE_STATE, EngineState.FAILED.ordinal());
        watch();
        endWatch();
        assertEquals("503 not alive: engine failed\n", get("livez"));
        assertTrue(get("readyz").startsWith("503 [-] engine: a stage threw"), get("readyz"));
    }

    @Test
    void shouldSendThePointsSoFarAndThenEveryPicture() throws Exception {
        watch();
        HttpResponse<InputStream> stream = client.send(HttpRequest.newBuilder(
            URI.create(edge.pageAddress() + "events")).build(), BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(
            new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertEquals("text/event-stream",
                stream.headers().firstValue("content-type").orElseThrow());
            assertEquals("event: history", lines.readLine());
            assertTrue(lines.readLine().startsWith("data: [{\"t\":"));
            assertEquals("", lines.readLine());
            assertEquals("event: status", lines.readLine());
            assertTrue(lines.readLine().startsWith("data: {\"timeMs\":"));
            assertEquals("", lines.readLine());
            assertEquals("event: status", lines.readLine());
            endWatch();
            edge.close();
            assertTrue(lines.lines().count() > 0, "the stream ends in order");
        }
    }

    /** Often: the loop may be told to end at any moment of its work. */
    @Test
    void shouldCloseEveryConnectionThatIsKeptForTheNextQuestion() throws Exception {
        for (int i = 0; i < 100; i++) {
            EdgeServer closing = open(64);
            URI page = URI.create(closing.pageAddress());
            try (Socket asked = new Socket(page.getHost(), page.getPort());
                Socket silent = new Socket(page.getHost(), page.getPort())) {
                asked.setSoTimeout(5_000);
                silent.setSoTimeout(5_000);
                asked.getOutputStream().write("GET /livez HTTP/1.1\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
                assertEquals('H', asked.getInputStream().read());
                closing.close();
                assertTrue(asked.getInputStream().readAllBytes().length > 0, "the answer's rest");
                assertEquals(-1, silent.getInputStream().read());
            }
        }
    }

    @Test
    void shouldAnswerForQuotesFromWhoeverKnowsThem() throws Exception {
        HttpResponse<String> early = send("GET", edge.pageAddress() + "quotes/A");
        assertEquals("503 1", early.statusCode() + " "
            + early.headers().firstValue("retry-after").orElseThrow());
        List<Throwable> failures = new ArrayList<>();
        AutoCloseable answering = edge.answer(symbol -> {
            if (symbol.equals("BAD")) {
                throw new IllegalStateException("made up");
            }
            return new QuoteSource.Reply(symbol.equals("A B/C") ? QuoteSource.Outcome.FOUND
                : symbol.equals("D") ? QuoteSource.Outcome.NOT_FOUND : QuoteSource.Outcome.AWAY,
                "{\"" + symbol + "\"}\n");
        }, failures::add);

        assertEquals("200 {\"A B/C\"}\n", get("quotes/A%20B/C"));
        assertEquals("404 {\"D\"}\n", get("quotes/D"));
        HttpResponse<String> away = send("GET", edge.pageAddress() + "quotes/E");
        assertEquals("503 1 {\"E\"}\n", away.statusCode() + " "
            + away.headers().firstValue("retry-after").orElseThrow() + ' ' + away.body());
        assertEquals("application/json", send("GET", edge.pageAddress() + "quotes/D").headers()
            .firstValue("content-type").orElseThrow());
        assertEquals("", send("HEAD", edge.pageAddress() + "quotes/D").body());
        assertEquals(500, send("GET", edge.pageAddress() + "quotes/BAD").statusCode());
        assertEquals("made up", failures.get(0).getMessage());
        assertEquals(404, send("GET", edge.metricsAddress().replace("/metrics", "/quotes/D"))
            .statusCode());
        answering.close();
        assertEquals(503, send("GET", edge.pageAddress() + "quotes/A").statusCode());
    }

    @Test
    void shouldAnswerOnlyReadsOfWhatThereIs() throws Exception {
        assertEquals(405, send("POST", edge.pageAddress()).statusCode());
        assertEquals(405, send("DELETE", edge.pageAddress() + "metrics").statusCode());
        assertEquals(404, send("GET", edge.pageAddress() + "../../etc/passwd").statusCode());
        assertEquals(404, send("GET", edge.pageAddress() + "page/index.html").statusCode());
        HttpResponse<String> head = send("HEAD", edge.pageAddress());
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
        assertEquals("nosniff", head.headers().firstValue("x-content-type-options").orElseThrow());
    }

    @Test
    void shouldSurviveWhatIsNotHttp() throws Exception {
        for (String sent : List.of("\u0000\u0001\u0002\r\n\r\n", "GET\r\n\r\n",
            "GET /" + "a".repeat(5_000) + " HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nx: " + "a".repeat(20_000) + "\r\n\r\n",
            "POST / HTTP/1.1\r\ncontent-length: 99999999\r\n\r\n" + "a".repeat(3_000))) {
            assertFalse(raw(sent).startsWith("HTTP/1.1 200"), sent);
        }
        assertEquals("200 alive: engine starting\n", get("livez"));
    }

    @Test
    void shouldCloseAndCountConnectionsBeyondTheLimit() throws Exception {
        EdgeServer small = open(2);
        URI page = URI.create(small.pageAddress());
        try (small; Socket first = new Socket(page.getHost(), page.getPort());
            Socket second = new Socket(page.getHost(), page.getPort());
            Socket third = new Socket(page.getHost(), page.getPort())) {
            assertEquals(-1, third.getInputStream().read());
            assertTrue(second.isConnected());
            first.getOutputStream().write("GET /metrics HTTP/1.1\r\nconnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
            String metrics = new String(first.getInputStream().readAllBytes(),
                StandardCharsets.UTF_8);
            assertTrue(metrics.contains("millrace_edge_refused_connections_total 1"), metrics);
        }
    }

    @Test
    void shouldCloseAConnectionThatAsksOnWithoutTakingTheAnswers() throws Exception {
        URI page = URI.create(edge.pageAddress());
        try (Socket greedy = new Socket(page.getHost(), page.getPort())) {
            greedy.getOutputStream().write("GET /chart.js HTTP/1.1\r\n\r\n".repeat(1_000)
                .getBytes(StandardCharsets.US_ASCII));
            greedy.getOutputStream().flush();

            HttpRequest metrics = HttpRequest.newBuilder(URI.create(edge.metricsAddress())).build();
            while (!client.send(metrics, BodyHandlers.ofString()).body()
                .contains("\nmillrace_edge_connections 1\n")) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void shouldRefuseAnInterfaceThatIsNoAddress() {
        assertEquals("edge.interface 'no such host' is no address; name one of this machine,"
            + " 0.0.0.0 for all", problem(new EdgeContext().interfaceAddress("no such host")));
    }

    @Test
    void shouldRefuseAPortThatIsTakenNamingOptionValueAndRemedy() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            String expected = " " + port + " on 127.0.0.1 cannot be had: Address already in use;"
                + " end what uses it, name another by --";

            assertTrue(problem(new EdgeContext().port(port).metricsPort(0))
                .startsWith("edge.port" + expected + "edge.port (0 for any free one)"));
            assertTrue(problem(new EdgeContext().port(0).metricsPort(port))
                .startsWith("edge.metrics-port" + expected + "edge.metrics-port (0"));
        }
    }

    private static String problem(EdgeContext context) {
        return assertThrows(IllegalArgumentException.class,
            () -> EdgeServer.open(context.conclude())).getMessage();
    }

    private static EdgeServer open(int maxClients) {
        return EdgeServer.open(new EdgeContext().port(0).metricsPort(0).refreshMs(100)
            .maxClients(maxClients).version("0.1.0").conclude());
    }

    /** Returns when the first picture was taken. */
    private void watch() throws Exception {
        watching = edge.watch(engine, new EngineClock(), Throwable::printStackTrace);
        while (get("status").startsWith("200 {\"timeMs\":0,")) {
            Thread.onSpinWait();
        }
    }

    private void endWatch() throws Exception {
        watching.close();
        watching = null;
    }

    private String get(String path) throws Exception {
        HttpResponse<String> response = send("GET", edge.pageAddress() + path);
        return response.statusCode() + " " + response.body();
    }

    private HttpResponse<String> send(String method, String address) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(address))
            .method(method, HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    /** What comes back for bytes, to the end of the connection or the first silence. */
    private String raw(String sent) throws IOException {
        URI page = URI.create(edge.pageAddress());
        try (Socket socket = new Socket(page.getHost(), page.getPort())) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
            byte[] answer = new byte[4_096];
            int length = socket.getInputStream().read(answer);
            return length < 0 ? "" : new String(answer, 0, length, StandardCharsets.ISO_8859_1);
        }
    }
}
