// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import io.millrace.server.json.JsonLines;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.Terminal;
import io.millrace.server.verb.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `chaos`: engine and pretended exchange in one process, with faults that a seed decides. */
@Command(name = "chaos",
    description = {"Rehearse faults: venues, network, clock, engine and journal step by step, all "
        + "drawn from a seed;", "after each step everything that must always be true is checked."},
    footer = {"", "Examples:",
        "  millrace chaos --seed 1 --seeds 1000 --steps 10000",
        "  millrace chaos --seed 42 --steps 10000 --faults loss,reordering,clock",
        "A violation is told with seed, step and the command that does the same again, and exit 1."
    })
public final class ChaosVerb implements Callable<Integer> {
    private static final int MAX_STEPS = 10_000_000;
    /** Journals of some seeds at a time, and more. */
    private static final long MEMORY_BYTES = 1L << 30;
    private static final long PROGRESS_NS = 10_000_000_000L;

    private final Terminal terminal;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N",
        description = "The first seed; the same seed does the very same.")
    private long seed;

    @Option(names = "--seeds", defaultValue = "1", paramLabel = "K",
        description = "How many seeds, from the first on.")
    private int seeds;

    @Option(names = "--steps", defaultValue = "10000", paramLabel = "M",
        description = "Steps of each seed.")
    private int steps;

    @Option(names = "--faults", defaultValue = "all", paramLabel = "LIST",
        description = "What may go wrong: all, none, or some, such as loss,clock.")
    private String faults;

    @Option(names = "--threads", defaultValue = "0", paramLabel = "N",
        description = "Seeds at a time; 0 for as many as there are processors.")
    private int threads;

    @Option(names = "--directory", paramLabel = "DIR",
        description = "Where journals are while they are needed; /dev/shm where that has a GiB, or "
            + "the system's one for temporary files.")
    private Path directory;

    @Option(names = "--json", description = "One JSON object per seed.")
    private boolean isJson;

    private long stepCount;
    private long inboundCount;
    private long crashCount;
    private long holeCount;
    private int violations;
    private int told;
    private long toldNs;

    /** @param terminal where data and log go */
    public ChaosVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        check("--seeds", seeds, 1, 1_000_000);
        check("--steps", steps, 1, MAX_STEPS);
        check("--threads", threads, 0, 256);
        Path root = directory == null ? memory() : directory;
        int workers = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        long beganNs = System.nanoTime();
        toldNs = beganNs;
        new ChaosRun(steps, allowed(faults), root).run(seed, seeds, workers, this::tell);
        double seconds = (System.nanoTime() - beganNs) / 1e9;
        if (!isJson) {
            terminal.print(String.format(Locale.ROOT,
                "chaos: %,d seeds, %,d steps, %,d events in, %,d crashes, %,d holes, "
                + "%,d violations; %.1f s, %,.0f steps/s%n",
                seeds, stepCount, inboundCount, crashCount, holeCount, violations, seconds,
                stepCount / seconds));
        }
        return violations == 0 ? ExitCode.OK : ExitCode.FINDING;
    }

    /** A file system in memory: no power is lost but a pretended one, and nothing is forced. */
    private static Path memory() {
        Path shared = Path.of("/dev/shm");
        return Files.isWritable(shared) && shared.toFile().getUsableSpace() >= MEMORY_BYTES ? shared
            : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private void tell(SeedResult result) {
        told++;
        if (System.nanoTime() - toldNs > PROGRESS_NS) {
            toldNs = System.nanoTime();
            terminal.log(String.format(Locale.ROOT, "chaos: %,d of %,d seeds, %,d violations",
                told, seeds, violations));
        }
        stepCount += result.steps();
        inboundCount += result.inbound();
        crashCount += result.crashes();
        holeCount += result.holes();
        violations += result.isSound() ? 0 : 1;
        try {
            if (isJson) {
                printJson(result);
            } else if (!result.isSound()) {
                terminal.print(text(result));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(SeedResult result) {
        Violation violation = result.violation();
        return String.format(Locale.ROOT,
            "seed %d, step %d: %s%n  expected   %s%n  found      %s%n  faults     %s%n"
            + "  reproduce  %s%n", result.seed(), result.steps(),
            violation.invariant(), violation.expected(), violation.found(), result.faults(),
            command(result));
    }

    private String command(SeedResult result) {
        return "millrace chaos --seed " + result.seed() + " --steps " + steps
            + (faults.equals("all") ? "" : " --faults " + faults);
    }

    private void printJson(SeedResult result) throws IOException {
        JsonLines lines = new JsonLines(terminal.out());
        lines.begin().field("seed", result.seed()).field("steps", result.steps())
            .field("crashes", result.crashes()).field("holes", result.holes())
            .field("inbound", result.inbound())
            .field("fingerprint", Long.toHexString(result.print()))
            .field("faults", result.faults());
        if (!result.isSound()) {
            Violation violation = result.violation();
            lines.field("invariant", violation.invariant())
                .field("expected", violation.expected()).field("found", violation.found())
                .field("reproduce", command(result));
        }
        lines.end();
        lines.flush();
    }

    private static Set<Fault> allowed(String text) {
        if (text.equals("all")) {
            return EnumSet.allOf(Fault.class);
        }
        Set<Fault> allowed = EnumSet.noneOf(Fault.class);
        for (String word : text.equals("none") ? new String[0] : text.split(",")) {
            allowed.add(Arrays.stream(Fault.values())
                .filter(fault -> fault.label().equals(word)).findFirst()
                .orElseThrow(() -> new UsageException("--faults '" + word + "' is not one of "
                    + Arrays.stream(Fault.values()).map(Fault::label)
                    .collect(Collectors.joining(", ")))));
        }
        return allowed;
    }

    private static void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new UsageException(option + " " + value + " is not from " + least + " to "
                + most);
        }
    }
}
