// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.server.config.ConfigurationLoader;
import io.millrace.server.run.RunOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** `check-config FILE`: ok, or every problem of the file at once. */
@Command(name = "check-config",
    description = "Say whether a configuration file can be used, or all that is wrong.",
    footer = {"", "Example: millrace check-config millrace.yml"})
public final class CheckConfigVerb implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "YAML file; default-config prints one.")
    private Path file;

    /** @param terminal where data and log go */
    public CheckConfigVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        RunOptions.check(new ConfigurationLoader().file(file).conclude(), terminal.environment());
        terminal.print(file + ": ok\n");
        return ExitCode.OK;
    }
}
