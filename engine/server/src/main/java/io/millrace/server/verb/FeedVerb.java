// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** `feed`: everything that looks at feeds before an engine runs on them. */
@Command(name = "feed", synopsisSubcommandLabel = "VERB", description = "Look at feeds.")
public final class FeedVerb implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a verb is missing after feed");
    }
}
