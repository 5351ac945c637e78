// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.retention;

import io.millrace.journal.JournalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Which stores keep whole epochs, in {@code <root>/stores/<name>}, and which epochs each holds, by
 * a marker in {@code <epoch>/tiers/<name>}: no epoch is deleted that a registered store lacks.
 */
public final class StoreRegistry {
    private static final String STORES = "stores";
    private static final String TIERS = "tiers";

    private final NamedFiles stores;

    /** @param root directory with one folder per trading date */
    public StoreRegistry(Path root) {
        stores = new NamedFiles(root.resolve(STORES));
    }

    /** Makes a store known: from now on no epoch is deleted that it has not confirmed. */
    public void register(String name) {
        stores.write(name, "millrace-store 1\n");
    }

    /**
     * The store holds a whole epoch.
     *
     * @param note what it wants to remember of it, one line
     * @throws JournalException when the store is not registered
     */
    public void confirm(String name, Path epochDirectory, String note) {
        if (!stores.exists(name)) {
            throw new JournalException("store '" + name + "' is not registered");
        }
        tiers(epochDirectory).write(name, note.replace('\n', ' ') + '\n');
    }

    /** True when a store has confirmed an epoch. */
    public boolean isConfirmed(String name, Path epochDirectory) {
        return Files.exists(tiers(epochDirectory).path(name));
    }

    /** Names of all stores. */
    public List<String> names() {
        return stores.names();
    }

    /** A store that is no more holds nothing back. */
    public void remove(String name) {
        stores.delete(name);
    }

    private static NamedFiles tiers(Path epochDirectory) {
        return new NamedFiles(epochDirectory.resolve(TIERS));
    }
}
