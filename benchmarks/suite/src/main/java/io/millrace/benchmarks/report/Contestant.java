// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one side of a row is started. Immutable.
 *
 * @param name      name within the row; figures are written name.figure
 * @param className contender class
 * @param home      whose class path it runs with
 * @param heap      flags of its own: heap size and collector
 * @param options   options of the contender, core among them
 */
record Contestant(String name, String className, Home home, List<String> heap,
                  Map<String, String> options) {
    /** Class paths. */
    enum Home { SUITE, EXCHANGE_CORE }

    /** Heap of a contender that allocates little; what it has off-heap is not bound by it. */
    static final List<String> SMALL_HEAP = List.of("-Xms512m", "-Xmx512m",
        "-XX:MaxDirectMemorySize=3g", "-XX:+UseParallelGC");

    /** Copies the collections. */
    Contestant {
        heap = List.copyOf(heap);
        options = Map.copyOf(options);
    }

    /** A contestant of the suite with little heap. */
    static Contestant of(String name, Class<?> type, Map<String, String> options) {
        return new Contestant(name, type.getName(), Home.SUITE, SMALL_HEAP, options);
    }

    /** Ample heap for a contender that keeps so many orders in objects, in huge pages. */
    static List<String> largeHeap(int liveOrders) {
        int gib = liveOrders > 2_000_000 ? 6 : 3;
        return List.of("-Xms" + gib + "g", "-Xmx" + gib + "g", "-Xmn1g", "-XX:+UseParallelGC",
            "-XX:+UseTransparentHugePages");
    }

    /** The same with another heap. */
    Contestant heap(List<String> flags) {
        return new Contestant(name, className, home, flags, options);
    }

    /** The same under another name, for A/A. */
    Contestant named(String other) {
        return new Contestant(other, className, home, heap, options);
    }

    /** The same with one option set. */
    Contestant with(String option, Object value) {
        Map<String, String> more = new TreeMap<>(options);
        more.put(option, String.valueOf(value));
        return new Contestant(name, className, home, heap, more);
    }

    /** The words behind the main class of its process. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of(className));
        new TreeMap<>(options).forEach((option, value) -> words.add(option + "=" + value));
        return words;
    }
}
