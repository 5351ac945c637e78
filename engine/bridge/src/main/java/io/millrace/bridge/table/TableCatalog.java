// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.table;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Tells readers of a table format which files make up each table. Whoever writes the files keeps
 * the list that counts, and calls this until it says the same. The bridge's thread.
 */
public interface TableCatalog {
    /** For files that readers find by themselves. */
    TableCatalog NONE = new TableCatalog() {
        @Override
        public LocalDate open(Path root, Map<String, List<Column>> tables) {
            return LocalDate.MAX;
        }

        @Override
        public void list(LocalDate epoch, Collection<TableFile> files) {
        }
    };

    /**
     * Makes the tables that are missing. May be called again after a failure.
     *
     * @param root   of all files
     * @param tables columns of each, by name
     * @return the first epoch to be listed again, which those before it are not
     * @throws IOException when the tables cannot be read or written
     */
    LocalDate open(Path root, Map<String, List<Column>> tables) throws IOException;

    /**
     * From now on the rows of an epoch are those of exactly these files.
     *
     * @param files of all tables
     * @throws IOException when a table cannot be written; it is called again then
     */
    void list(LocalDate epoch, Collection<TableFile> files) throws IOException;
}
