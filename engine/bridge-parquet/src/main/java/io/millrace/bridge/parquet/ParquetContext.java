// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.parquet;

import io.millrace.bridge.table.TableCatalog;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Options of the way to Parquet files. Set on the control thread, then concluded; nothing changes
 * afterwards. How many rows and how long a file takes is told by the bridge's batch.
 */
public final class ParquetContext {
    /** Key of {@link #directory(Path)}. */
    public static final String DIRECTORY_KEY = "bridge.parquet.directory";
    /** Key of {@link #symbolGroups(int)}. */
    public static final String SYMBOL_GROUPS_KEY = "bridge.parquet.symbol-groups";
    /** Key of {@link #minimumFreeMb(int)}. */
    public static final String MINIMUM_FREE_KEY = "bridge.parquet.minimum-free-mb";

    public static final int SYMBOL_GROUPS_DEFAULT = 1;
    public static final int MAX_SYMBOL_GROUPS = SymbolGroups.LETTERS;
    public static final int MINIMUM_FREE_MB_DEFAULT = 1_024;
    public static final int MAX_MINIMUM_FREE_MB = 1 << 20;

    private Path directory;
    private int symbolGroups = SYMBOL_GROUPS_DEFAULT;
    private int minimumFreeMb = MINIMUM_FREE_MB_DEFAULT;
    private TableCatalog catalog = TableCatalog.NONE;
    private Consumer<Step> afterStep = step -> { };

    /** Folder of the tables and of the manifest; of one engine alone. */
    public ParquetContext directory(Path folder) {
        directory = folder;
        return this;
    }

    Path directory() {
        return directory;
    }

    /** Ranges of first letters that have folders of their own, 1 to 26. */
    public ParquetContext symbolGroups(int count) {
        symbolGroups = count;
        return this;
    }

    int symbolGroups() {
        return symbolGroups;
    }

    /** Mebibytes that stay free on the disk, 0 to 1,048,576; below, the bridge waits. */
    public ParquetContext minimumFreeMb(int mebibytes) {
        minimumFreeMb = mebibytes;
        return this;
    }

    int minimumFreeMb() {
        return minimumFreeMb;
    }

    /** Told of the files of each batch, and of all that it does not know when a bridge opens. */
    public ParquetContext catalog(TableCatalog told) {
        catalog = told;
        return this;
    }

    TableCatalog catalog() {
        return catalog;
    }

    /** Runs between the steps: for rehearsals of a kill. */
    ParquetContext afterStep(Consumer<Step> hook) {
        afterStep = hook;
        return this;
    }

    Consumer<Step> afterStep() {
        return afterStep;
    }

    /** Checks every option; who takes a context concludes it. */
    public ParquetContext conclude() {
        if (directory == null) {
            throw new IllegalArgumentException(DIRECTORY_KEY + " is not set");
        }
        check(SYMBOL_GROUPS_KEY, symbolGroups, 1, MAX_SYMBOL_GROUPS);
        check(MINIMUM_FREE_KEY, minimumFreeMb, 0, MAX_MINIMUM_FREE_MB);
        return this;
    }

    private static void check(String key, int value, int least, int greatest) {
        if (value < least || value > greatest) {
            throw new IllegalArgumentException(key + " " + value + " is not within " + least
                + " to " + greatest);
        }
    }
}
