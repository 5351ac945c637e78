// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** The page and what it loads, read once at start; nothing else of the class path is served. */
final class PageFiles {
    private static final String CHART = "/META-INF/resources/webjars/chart.js/";
    private static final String CHART_POM =
        "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";
    private static final String REVALIDATED = "no-cache";

    private final Map<String, Answer> answers = new LinkedHashMap<>();

    PageFiles() {
        add("/", "page/index.html", "text/html; charset=utf-8");
        add("/page.css", "page/page.css", "text/css; charset=utf-8");
        add("/page.js", "page/page.js", "text/javascript; charset=utf-8");
        add("/charts.js", "page/charts.js", "text/javascript; charset=utf-8");
        add("/chart.js", CHART + chartVersion() + "/dist/chart.umd.min.js",
            "text/javascript; charset=utf-8");
    }

    /** Answers by path. */
    Map<String, Answer> answers() {
        return answers;
    }

    private void add(String path, String resource, String contentType) {
        answers.put(path, new Answer(Answer.OK, contentType, REVALIDATED, read(resource)));
    }

    private static String chartVersion() {
        try (InputStream in = open(CHART_POM)) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(String resource) {
        try (InputStream in = open(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) throws IOException {
        InputStream in = PageFiles.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException("the class path lacks " + resource);
        }
        return in;
    }
}
