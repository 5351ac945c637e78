// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochLockTest {
    @TempDir
    private Path folder;

    @Test
    void shouldNameWhoHoldsIt() {
        Path epoch = folder.resolve("2026-01-05");
        EpochLock lock = EpochLock.take(epoch);
        String message =
            assertThrows(JournalException.class, () -> EpochLock.take(epoch)).getMessage();
        assertTrue(message.startsWith(epoch + " is written by process "
            + ProcessHandle.current().pid() + "; "), message);
        lock.close();
        EpochLock.take(epoch).close();
    }

    @Test
    void shouldNotMindAFileThatWasLeftLying() throws IOException {
        Path file = Files.writeString(folder.resolve(EpochLock.FILE_NAME), "1");
        EpochLock.take(folder).close();
        assertEquals(Long.toString(ProcessHandle.current().pid()), Files.readString(file));
    }

    @Test
    void shouldRemoveAllButItself() throws IOException {
        Files.createDirectories(folder.resolve("inbound"));
        Files.writeString(folder.resolve("inbound").resolve("file"), "text");
        EpochLock lock = EpochLock.take(folder);
        lock.clear();
        assertFalse(Files.exists(folder.resolve("inbound")));
        assertTrue(Files.exists(folder.resolve(EpochLock.FILE_NAME)));
        lock.close();
    }
}
