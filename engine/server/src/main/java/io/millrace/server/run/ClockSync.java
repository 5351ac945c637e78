// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Who keeps the machine's clock, as far as files tell that anybody may read: no process is started
 * and nothing waits. The offset itself stands in none of them. Control thread.
 */
final class ClockSync {
    /** Nothing tells. */
    static final String UNREADABLE = "unreadable";

    private static final int LONGEST_SUBJECT = 16;

    private final Path root;

    /** @param root of the file system, another one in tests */
    ClockSync(Path root) {
        this.root = root;
    }

    /** What the machine counts time with, such as tsc. */
    String source() {
        Path file =
            root.resolve("sys/devices/system/clocksource/clocksource0/current_clocksource");
        try {
            String text = Files.readString(file).trim();
            return text.isEmpty() ? UNREADABLE : text;
        } catch (IOException e) {
            return UNREADABLE;
        }
    }

    /** Who keeps it, by the mark that he leaves, in at most 16 characters, or UNREADABLE. */
    String keeper() {
        if (first(root.resolve("run/systemd/timesync")) != null) {
            return "timesyncd";
        }
        if (Files.exists(root.resolve("run/chrony/chronyd.pid"))
            || Files.exists(root.resolve("run/chronyd.pid"))) {
            return "chronyd";
        }
        if (Files.exists(root.resolve("run/ntpd.pid"))) {
            return "ntpd";
        }
        String device = first(root.resolve("sys/class/ptp"));
        return device == null ? UNREADABLE : device;
    }

    /** First name in a directory, null when there is none. */
    private static String first(Path directory) {
        if (!Files.isDirectory(directory)) {
            return null;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString())
                .filter(name -> name.length() <= LONGEST_SUBJECT).sorted().findFirst()
                .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }
}
