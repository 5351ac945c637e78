// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.iceberg;

import io.millrace.bridge.table.Column;
import io.millrace.bridge.table.TableCatalog;
import io.millrace.bridge.table.TableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Iceberg tables over the files of a folder, one for each table, metadata beside the rows: no
 * service is asked, and no row is written again. The bridge's thread.
 */
public final class IcebergCatalog implements TableCatalog {
    private final Map<String, IcebergTable> tables = new LinkedHashMap<>();

    @Override
    public LocalDate open(Path root, Map<String, List<Column>> columns) throws IOException {
        tables.clear();
        LocalDate newest = LocalDate.MIN;
        try {
            for (Map.Entry<String, List<Column>> each : columns.entrySet()) {
                IcebergTable table =
                    IcebergTable.open(root, each.getKey(), each.getValue());
                tables.put(each.getKey(), table);
                newest = table.newestEpoch().isAfter(newest) ? table.newestEpoch() : newest;
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return newest;
    }

    @Override
    public void list(LocalDate epoch, Collection<TableFile> files) throws IOException {
        Map<String, List<TableFile>> byTable =
            files.stream().collect(Collectors.groupingBy(TableFile::table));
        try {
            for (Map.Entry<String, IcebergTable> each : tables.entrySet()) {
                each.getValue().list(epoch, byTable.getOrDefault(each.getKey(), List.of()));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
