// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Main class of a contender's process: reads orders from standard input, one a line (prepare, round
 * N, checksum), and answers each with one line on standard output that begins with {@link #ANSWER}.
 * The main thread is pinned; before and after each round it spins to tell how quiet its core is.
 * End of input ends the process.
 */
public final class ContenderProcess {
    /** Begins each answer; other lines on standard output are chatter. */
    public static final String ANSWER = "@ ";
    /** Option that names the core of the main thread. */
    public static final String CORE = "core";

    private static final long SPIN_MS = 100;

    private final Contender contender;
    private final PrintStream answers;

    ContenderProcess(Contender contender, PrintStream answers) {
        this.contender = contender;
        this.answers = answers;
    }

    /**
     * Runs a contender.
     *
     * @param words class name of the contender, then its options
     */
    public static void main(String... words) {
        int status = 0;
        try {
            Options options = Options.parse(Arrays.copyOfRange(words, 1, words.length));
            PinnedThread.pin(options.number(CORE));
            Contender contender = (Contender) Class.forName(words[0]).getConstructor(Options.class)
                .newInstance(options);
            BufferedReader orders = new BufferedReader(
                new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            new ContenderProcess(contender, System.out).run(orders);
        } catch (ReflectiveOperationException | IOException | RuntimeException e) {
            e.printStackTrace();
            status = 1;
        }
        System.exit(status);
    }

    void run(BufferedReader orders) throws IOException {
        try (contender) {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                answers.println(ANSWER + answer(order));
                answers.flush();
            }
        }
    }

    private String answer(String order) {
        if (order.startsWith("round ")) {
            return round(Integer.parseInt(order.substring("round ".length()))).format();
        }
        if (order.equals("checksum")) {
            return Long.toHexString(contender.checksum());
        }
        contender.prepare();
        return "prepared";
    }

    private Figures round(int index) {
        System.gc();
        Figures figures = new Figures();
        double lostBefore = HiccupMeter.lostPercent(SPIN_MS);
        ProcessorTimes before = ProcessorTimes.read();
        contender.round(index, figures);
        ProcessorTimes after = ProcessorTimes.read();
        double lostAfter = HiccupMeter.lostPercent(SPIN_MS);
        return figures.put("hiccupPercent", Math.max(lostBefore, lostAfter))
            .put("stolenPercent", after.stolenPercentSince(before))
            .put("waitedPercent", after.waitedPercentSince(before))
            .put("processorSeconds", (after.usedNs() - before.usedNs()) / 1e9);
    }
}
