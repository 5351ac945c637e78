// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ConnectionOptions.NONE;

import io.millrace.feed.iexsnap.IexSnapContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where the password of a connection comes from: an environment variable, else a file. One feed
 * among several has a variable of its own, and its file goes before the variable that is without a
 * name. It is no part of the configuration, and no message shows it. Control thread.
 */
public final class FeedPassword {
    private static final int MAX_FILE_LENGTH = 4_096;
    private static final int MAX_PASSWORD_LENGTH = 10;
    private static final int MAX_SERVER_PASSWORD_LENGTH = 512;

    private final String text;
    private final String problem;

    private FeedPassword(String text, String problem) {
        this.text = text;
        this.problem = problem;
    }

    /**
     * Looks for a password.
     *
     * @param variable environment variable that comes first
     * @param fileKey  option that names the file
     */
    public static FeedPassword of(Configuration configuration, Map<String, String> environment,
                                  String variable, String fileKey) {
        return of(configuration, environment, variable, fileKey, MAX_PASSWORD_LENGTH);
    }

    /** Looks for a token of SNAP in the same way. */
    public static FeedPassword token(Configuration configuration, Map<String, String> environment,
                                     String variable, String fileKey) {
        return of(configuration, environment, variable, fileKey, IexSnapContext.MAX_TOKEN_LENGTH);
    }

    /** Looks for the password of a server that a bridge writes to. */
    public static FeedPassword server(Configuration configuration, Map<String, String> environment,
                                      String variable, String fileKey) {
        return of(configuration, environment, variable, fileKey, MAX_SERVER_PASSWORD_LENGTH);
    }

    private static FeedPassword of(Configuration configuration, Map<String, String> environment,
                                   String variable, String fileKey, int maxLength) {
        boolean isNamed = !configuration.feedName().isEmpty();
        String own = isNamed ? ConnectionOptions.secretOf(configuration.feedName(), variable)
            : variable;
        String file = configuration.text(fileKey);
        String used = !environment.containsKey(own) && file.equals(NONE) ? variable : own;
        String value = environment.get(used);
        if (value != null) {
            return checked(value, "environment variable " + used, maxLength);
        }
        if (file.equals(NONE)) {
            return new FeedPassword(null, fileKey + ": there is no password; name a file that"
                + " holds it, or set the environment variable " + own);
        }
        try {
            Path path = Path.of(file);
            List<String> lines = Files.size(path) > MAX_FILE_LENGTH ? List.of()
                : Files.readAllLines(path);
            return checked(lines.isEmpty() ? "" : lines.get(0), fileKey + ": file " + file,
                maxLength);
        } catch (IOException | InvalidPathException failure) {
            return new FeedPassword(null, fileKey + ": file " + file + " cannot be read");
        }
    }

    /** The password; there must be one. */
    public String text() {
        return text;
    }

    /** Why there is none, or null. */
    public String problem() {
        return problem;
    }

    private static FeedPassword checked(String value, String origin, int maxLength) {
        boolean isRight = !value.isEmpty() && value.length() <= maxLength
            && value.chars().allMatch(c -> c >= ' ' && c <= '~');
        return isRight ? new FeedPassword(value, null) : new FeedPassword(null, origin
            + " holds no password of 1 to " + maxLength + " printable ASCII characters");
    }
}
