// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** `journal`: everything that looks after journals. */
@Command(name = "journal", synopsisSubcommandLabel = "VERB", description = "Look after journals.",
    footer =
        {"", "DIR is the directory of an epoch, or the root with one folder per trading date:",
        "the newest is then meant."})
public final class JournalVerb implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a verb is missing after journal");
    }
}
