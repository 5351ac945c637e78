// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells which of the JVM flags that a part of the engine needs are really missing, by asking the
 * module system rather than the command line. All flags of all parts stand in the project's file
 * .mvn/jvm-flags. Any thread, at start.
 */
public enum JvmFlags {
    /** Off-heap buffers of the rings, counters and books. */
    INTERNAL_MISC("jdk.internal.misc", false),
    /** Memory-mapped files of the journal. */
    NIO_CHANNELS("sun.nio.ch", false),
    /** Memory-mapped files of the journal. */
    LANG_REFLECT("java.lang.reflect", false),
    /** Freeing the journal's mappings. */
    INTERNAL_REF("jdk.internal.ref", true);

    private final String packageName;
    private final boolean isExport;

    JvmFlags(String packageName, boolean isExport) {
        this.packageName = packageName;
        this.isExport = isExport;
    }

    /** The flag as it is written on the command line. */
    public String flag() {
        return (isExport ? "--add-exports" : "--add-opens") + " java.base/" + packageName
            + "=ALL-UNNAMED";
    }

    /** True when the flag, or a manifest's Add-Opens, is in force. */
    public boolean isSet() {
        Module base = Object.class.getModule();
        Module own = JvmFlags.class.getModule();
        return isExport ? base.isExported(packageName, own) : base.isOpen(packageName, own);
    }

    /** Those of the given flags that are missing. */
    public static List<JvmFlags> missing(JvmFlags... needed) {
        List<JvmFlags> missing = new ArrayList<>();
        for (JvmFlags flag : needed) {
            if (!flag.isSet()) {
                missing.add(flag);
            }
        }
        return missing;
    }

    /**
     * Requires flags.
     *
     * @throws IllegalStateException naming each missing flag and the remedy
     */
    public static void require(JvmFlags... needed) {
        List<JvmFlags> missing = missing(needed);
        if (missing.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder("JVM flags are missing:");
        missing.forEach(flag -> text.append(' ').append(flag.flag()));
        throw new IllegalStateException(
            text.append("; add them to the java command, or start by scripts/millrace,")
            .append(" which takes them from .mvn/jvm-flags").toString());
    }
}
