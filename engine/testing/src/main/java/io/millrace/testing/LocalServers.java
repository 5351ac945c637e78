// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real server on loopback that {@code scripts/services} has started for tests, named by the
 * folder in the system property {@code millrace.services}. Without it a test is skipped by name.
 */
public final class LocalServers {
    /** Property with the folder of the servers. */
    public static final String FOLDER_PROPERTY = "millrace.services";
    /** Property with the script that runs them. */
    public static final String SCRIPT_PROPERTY = "millrace.services.script";

    private static final long PATIENCE_S = 300;

    private final Path folder;
    private final String name;

    private LocalServers(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** A server that runs, or the test is skipped. */
    public static LocalServers running(String name) {
        String folder = System.getProperty(FOLDER_PROPERTY, "");
        assumeTrue(!folder.isEmpty(),
            "needs a real " + name + ": scripts/test --with-servers starts it, or -D"
                + FOLDER_PROPERTY + " names a folder of scripts/services");
        LocalServers server = new LocalServers(Path.of(folder), name);
        assumeTrue(Files.exists(server.folder().resolve("pid")),
            name + " could not be had here; scripts/services up " + name + " tells why");
        return server;
    }

    /** Where it keeps its log and its data, and what it may read. */
    public Path folder() {
        return folder.resolve(name);
    }

    /** Host and port. */
    public String address() {
        return "127.0.0.1:" + port();
    }

    /** Port on loopback. */
    public int port() {
        try {
            return Integer.parseInt(Files.readString(folder.resolve(name + ".port")).trim());
        } catch (IOException e) {
            throw new IllegalStateException("scripts/services keeps no port of " + name, e);
        }
    }

    /** The file that it runs, for a test that starts more of the kind. */
    public Path program() {
        try {
            String pid = Files.readString(folder().resolve("pid")).split(" ")[0];
            return ProcessHandle.of(Long.parseLong(pid))
                .flatMap(process -> process.info().command()).map(Path::of)
                .orElseThrow(() -> new IllegalStateException(name + " does not run"));
        } catch (IOException e) {
            throw new IllegalStateException("scripts/services keeps no process of " + name, e);
        }
    }

    /** Ends it at once, as a crash would. */
    public void kill() {
        run("kill");
    }

    /** Starts it again with what it has kept; returns when it answers. */
    public void start() {
        run("up");
    }

    /** Stops it in the middle of whatever it does. */
    public void pause() {
        run("pause");
    }

    /** Lets it go on. */
    public void resume() {
        run("resume");
    }

    private void run(String verb) {
        List<String> command = new ArrayList<>(List.of(System.getProperty(SCRIPT_PROPERTY),
            "--dir", folder.toString(), verb, name));
        try {
            Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command + " failed");
            }
        } catch (IOException e) {
            throw new IllegalStateException(command + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
