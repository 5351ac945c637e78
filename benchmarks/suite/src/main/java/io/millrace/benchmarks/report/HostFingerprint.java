// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a reader must know about the machine to read ratios measured on it. */
final class HostFingerprint {
    private HostFingerprint() {
    }

    /** Properties by name. */
    static Map<String, String> read(Path scratch) {
        Map<String, String> host = new LinkedHashMap<>();
        host.put("processor", field("/proc/cpuinfo", "model name"));
        host.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        host.put("cacheKiB", field("/proc/cpuinfo", "cache size"));
        host.put("memory", field("/proc/meminfo", "MemTotal"));
        host.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        host.put("java", System.getProperty("java.vendor.version", "") + " "
            + System.getProperty("java.vm.version"));
        host.put("hugePages", text("/sys/kernel/mm/transparent_hugepage/enabled"));
        host.put("clock", text("/sys/devices/system/clocksource/clocksource0/current_clocksource"));
        host.put("scratch", fileSystem(scratch));
        return host;
    }

    private static String field(String file, String name) {
        return text(file).lines().filter(line -> line.startsWith(name))
            .map(line -> line.substring(line.indexOf(':') + 1).trim()).findFirst().orElse("?");
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file)).trim();
        } catch (IOException e) {
            return "?";
        }
    }

    private static String fileSystem(Path folder) {
        try {
            FileStore store = Files.getFileStore(folder);
            return store.type() + ", " + store.getUsableSpace() / (1 << 30) + " GiB free";
        } catch (IOException e) {
            return "?";
        }
    }
}
