// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import io.millrace.counter.CountersView;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an engine shows in the file of its counters, from outside, now or after its end. */
public final class CounterFile {
    private final Path path;

    /** @param root folder of the engine's journals */
    public CounterFile(Path root) {
        path = root.resolve("counters.dat");
    }

    /** Value of a counter, or 0 as long as nobody has written it. */
    public long value(String label) {
        return value(label, 0);
    }

    /** Value of a counter that a certain process has written, or 0. */
    public long value(String label, long pid) {
        if (!Files.exists(path)) {
            return 0;
        }
        try (CountersView view = new CountersView(path)) {
            long[] found = {0};
            if (pid == 0 || view.pid() == pid) {
                view.counters().forEach((value, id, name) ->
                    found[0] = name.equals(label) ? value : found[0]);
            }
            return found[0];
        } catch (IllegalArgumentException | IllegalStateException begun) {
            return 0;
        }
    }
}
