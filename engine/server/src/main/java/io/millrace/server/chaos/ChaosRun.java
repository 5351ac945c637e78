// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Rehearses many seeds on some threads, each seed on one. Results come in the order of the seeds.
 * Control thread.
 */
public final class ChaosRun {
    private final int steps;
    private final Set<Fault> faults;
    private final Path directory;

    /**
     * @param steps     of each seed
     * @param faults    that a seed may have
     * @param directory where journals are while they are needed
     */
    public ChaosRun(int steps, Set<Fault> faults, Path directory) {
        this.steps = steps;
        this.faults = Set.copyOf(faults);
        this.directory = directory;
    }

    /** Runs seeds from a first one on; stops at nothing that one of them finds. */
    public void run(long firstSeed, int seeds, int threads, Consumer<SeedResult> result)
        throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<SeedResult>> all = new ArrayList<>();
            for (int i = 0; i < seeds; i++) {
                long seed = firstSeed + i;
                all.add(workers.submit(() -> rehearse(seed)));
            }
            for (Future<SeedResult> one : all) {
                result.accept(one.get());
            }
        } catch (ExecutionException broken) {
            throw new IllegalStateException("a rehearsal broke off", broken.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private SeedResult rehearse(long seed) throws IOException {
        Path root = Files.createTempDirectory(Files.createDirectories(directory), "seed-" + seed
            + "-");
        try {
            return new Rehearsal(seed, steps, faults, root).run();
        } finally {
            EpochImage.delete(root);
        }
    }
}
