// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

/** What the exit codes of every verb mean; scripts depend on them. */
public final class ExitCode {
    /** All is well. */
    public static final int OK = 0;
    /** The verb worked and found something wrong with the data. */
    public static final int FINDING = 1;
    /** The command, an option or the configuration is wrong. */
    public static final int USAGE = 2;
    /** A file, socket or device failed. */
    public static final int IO = 3;

    private ExitCode() {
    }
}
