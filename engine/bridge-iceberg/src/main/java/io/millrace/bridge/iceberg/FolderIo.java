// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.iceberg;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * Files of this machine by their paths. It knows which it made and did not force yet; the library
 * may write several at once on threads of its own.
 */
final class FolderIo implements FileIO {
    private static final long serialVersionUID = 1L;

    private final Set<String> unforced = ConcurrentHashMap.newKeySet();

    @Override
    public InputFile newInputFile(String path) {
        return org.apache.iceberg.Files.localInput(path);
    }

    @Override
    public OutputFile newOutputFile(String path) {
        unforced.add(path);
        return org.apache.iceberg.Files.localOutput(path);
    }

    @Override
    public void deleteFile(String path) {
        try {
            Files.deleteIfExists(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was made until now is on the disk afterwards, its name too. */
    void force(Path folder) throws IOException {
        for (String path : Set.copyOf(unforced)) {
            if (Files.exists(Path.of(path))) {
                force0(Path.of(path));
            }
            unforced.remove(path);
        }
        force0(folder);
    }

    private static void force0(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, READ)) {
            channel.force(true);
        }
    }
}
