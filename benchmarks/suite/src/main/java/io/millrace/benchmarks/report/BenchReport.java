// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Measures Millrace beside its peers and prints ratios: rounds interleave, medians count, noisy
 * rounds are repeated. Writes report/bench.md and report/bench.json; exit 1 when a bar is missed.
 */
public final class BenchReport {
    private static final String HELP = """
        usage: BenchReport [--rows a,b] [--rounds N] [--quick] [--dir FOLDER] [--keep]
                           [--servers FOLDER]

          --rows    only these rows: %s
          --servers folder of running servers, for the rows %s alone
          --rounds  rounds that count, 7 unless told
          --quick   small sizes that show that everything runs; the bars mean nothing then
          --dir     folder on a real disk for message files and journals, up to 50 GB
          --keep    leave the message files for the next run
        """;

    private final List<String> rows = new ArrayList<>();
    private int rounds = 7;
    private boolean isQuick;
    private boolean isKept;
    private Path scratch;
    private Path servers;

    private BenchReport() {
    }

    /** Runs the report. */
    public static void main(String... words) {
        BenchReport report = new BenchReport();
        if (!report.read(words)) {
            System.out.printf(HELP, RowCatalog.IDS, RowCatalog.SERVER_IDS);
            System.exit(2);
        }
        System.exit(report.run(System.out) ? 0 : 1);
    }

    private boolean read(String... words) {
        for (int i = 0; i < words.length; i++) {
            boolean hasValue = i + 1 < words.length;
            if (words[i].equals("--quick")) {
                isQuick = true;
            } else if (words[i].equals("--keep")) {
                isKept = true;
            } else if (words[i].equals("--rows") && hasValue) {
                rows.addAll(Arrays.asList(words[++i].split(",")));
            } else if (words[i].equals("--rounds") && hasValue) {
                rounds = Integer.parseInt(words[++i]);
            } else if (words[i].equals("--dir") && hasValue) {
                scratch = Path.of(words[++i]);
            } else if (words[i].equals("--servers") && hasValue) {
                servers = Path.of(words[++i]);
            } else {
                return false;
            }
        }
        return ids().containsAll(rows);
    }

    private List<String> ids() {
        return servers == null ? RowCatalog.IDS : RowCatalog.SERVER_IDS;
    }

    private boolean run(PrintStream out) {
        Workplace workplace = Workplace.find(scratch, servers);
        Map<String, String> host = HostFingerprint.read(workplace.scratch());
        host.forEach((name, value) -> out.println(name + ": " + value));
        ReportSize size = isQuick ? ReportSize.quick(rounds) : ReportSize.full(rounds);
        RowCatalog catalog = new RowCatalog(size, workplace);
        List<RowResult> results = new ArrayList<>();
        for (String id : rows.isEmpty() ? ids() : rows) {
            results.add(new RowRun(catalog.row(id), workplace, out).run());
            new ReportWriter(host, results).write(workplace.report());
        }
        out.println();
        out.println(new ReportWriter(host, results).markdown());
        if (!isKept) {
            workplace.remove(workplace.scratch());
        }
        boolean isPassed = results.stream().allMatch(RowResult::isPassed);
        out.println(isPassed ? "PASS" : "FAIL");
        return isPassed;
    }
}
