// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small file system of its own, which can be full; where none can be mounted, no test. */
final class LoopVolume {
    private static final int PIECE_LENGTH = 1 << 16;

    private final Path directory;

    private LoopVolume(Path directory) {
        this.directory = directory;
    }

    static LoopVolume mount(Path folder, int mebibytes) throws IOException, InterruptedException {
        Path image = folder.resolve("volume.img");
        Path directory = Files.createDirectories(folder.resolve("volume"));
        boolean isThere = run("truncate", "-s", mebibytes + "M", image.toString())
            && run("mkfs.ext4", "-q", "-m", "0", image.toString())
            && run("mount", "-o", "loop", image.toString(), directory.toString());
        assumeTrue(isThere, "skipped, no loop mount: needs root and mkfs.ext4");
        return new LoopVolume(directory);
    }

    Path directory() {
        return directory;
    }

    /** Makes a file of so many mebibytes. */
    Path ballast(int mebibytes) throws IOException {
        Path file = directory.resolve("ballast");
        byte[] piece = new byte[PIECE_LENGTH];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = (long) mebibytes << 20; left > 0; left -= PIECE_LENGTH) {
                out.write(piece);
            }
        }
        return file;
    }

    /** Makes a file that takes all there is. */
    Path fill() throws IOException {
        Path file = directory.resolve("filler");
        byte[] piece = new byte[PIECE_LENGTH];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (directory.toFile().getUsableSpace() > 0) {
                out.write(piece);
            }
        } catch (IOException full) {
            return file;
        }
        return file;
    }

    void unmount() throws InterruptedException {
        run("umount", directory.toString());
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(List.of(command))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
