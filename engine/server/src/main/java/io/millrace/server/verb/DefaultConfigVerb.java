// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.server.config.DefaultYaml;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** `default-config`: every option with its default, as a file to start from. */
@Command(name = "default-config",
    description = "Print all options with their defaults as commented YAML.",
    footer = {"", "Example: millrace default-config > millrace.yml"})
public final class DefaultConfigVerb implements Callable<Integer> {
    private final Terminal terminal;

    /** @param terminal where data and log go */
    public DefaultConfigVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        terminal.print(DefaultYaml.text());
        return ExitCode.OK;
    }
}
