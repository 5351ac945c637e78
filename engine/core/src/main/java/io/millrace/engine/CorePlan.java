// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which thread runs on which cpu. The automatic plan pins the hot threads and lets them spin only
 * when each gets a cpu of its own and one is left for everything else. With as many cpus as hot
 * threads the last of these has one to itself among the engine's threads; with fewer nothing is
 * pinned. Both ways hot threads yield, so that no machine starves itself. Immutable.
 */
public final class CorePlan {
    /** Pins and waits by the cpus present. */
    public static final CorePlan AUTOMATIC = new CorePlan(true, Map.of());
    /** Pins nothing. */
    public static final CorePlan NONE = new CorePlan(false, Map.of());

    private final boolean isAutomatic;
    private final Map<String, Integer> cpuByRole;

    private CorePlan(boolean isAutomatic, Map<String, Integer> cpuByRole) {
        this.isAutomatic = isAutomatic;
        this.cpuByRole = cpuByRole;
    }

    /**
     * Reads "auto", "none" or pairs such as "ingress=0,chain=1". Roles that are not named are not
     * pinned.
     *
     * @throws IllegalArgumentException when the text is none of these
     */
    public static CorePlan parse(String text) {
        if (text.equals("auto")) {
            return AUTOMATIC;
        }
        if (text.equals("none")) {
            return NONE;
        }
        Map<String, Integer> cpuByRole = new TreeMap<>();
        for (String pair : text.split(",", -1)) {
            if (!pair.matches("[a-z-]+=[0-9]{1,4}")) {
                throw new IllegalArgumentException("engine.cores = '" + text
                    + "' is not auto, none or role=cpu pairs such as ingress=0,chain=1");
            }
            int equals = pair.indexOf('=');
            int cpu = Integer.parseInt(pair.substring(equals + 1));
            if (cpu >= CpuMask.CPU_LIMIT) {
                throw new IllegalArgumentException("engine.cores cpu " + cpu + " is not from 0 to "
                    + (CpuMask.CPU_LIMIT - 1));
            }
            cpuByRole.put(pair.substring(0, equals), cpu);
        }
        return new CorePlan(false, cpuByRole);
    }

    /**
     * Lays out threads.
     *
     * @param hot     roles whose threads wait for market data, the one that all wait for last
     * @param others  roles whose threads may be late
     * @param allowed cpus that this process may use
     * @return plans in the order of the roles, hot ones first
     */
    List<ThreadPlan> layOut(List<String> hot, List<String> others, BitSet allowed) {
        boolean isRoomy = allowed.cardinality() > hot.size();
        Map<String, Integer> pins = isAutomatic ? automatic(hot, allowed) : cpuByRole;
        BitSet rest = (BitSet) allowed.clone();
        pins.values().forEach(rest::clear);
        List<ThreadPlan> plans = new ArrayList<>();
        BitSet restIfPinned = pins.isEmpty() || rest.isEmpty() ? new BitSet() : rest;
        for (String role : hot) {
            boolean isAlone = isRoomy && pins.containsKey(role) && isOnlyOne(pins, pins.get(role));
            plans.add(new ThreadPlan(role,
                cpus(pins, role, isAutomatic ? restIfPinned : new BitSet()),
                isAlone ? Waiting.BUSY_SPIN : Waiting.SPIN_YIELD));
        }
        for (String role : others) {
            plans.add(new ThreadPlan(role, cpus(pins, role, restIfPinned),
                Waiting.SPIN_YIELD_PARK));
        }
        return plans;
    }

    @Override
    public String toString() {
        if (isAutomatic) {
            return "auto";
        }
        if (cpuByRole.isEmpty()) {
            return "none";
        }
        List<String> pairs = new ArrayList<>();
        cpuByRole.forEach((role, cpu) -> pairs.add(role + "=" + cpu));
        return String.join(",", pairs);
    }

    /**
     * A cpu for each hot role when one is left for all else; with as many cpus as hot roles one for
     * the last of them, which all wait for, so that nobody moves in with it.
     */
    private static Map<String, Integer> automatic(List<String> hot, BitSet allowed) {
        int cpus = allowed.cardinality();
        if (cpus < hot.size() || cpus < 2) {
            return Map.of();
        }
        return highest(cpus > hot.size() ? hot : hot.subList(hot.size() - 1, hot.size()), allowed);
    }

    /** The first cpus serve interrupts, so hot threads take the last. */
    private static Map<String, Integer> highest(List<String> hot, BitSet allowed) {
        Map<String, Integer> cpuByRole = new TreeMap<>();
        int cpu = allowed.length() - 1;
        for (int i = hot.size() - 1; i >= 0; i--) {
            cpuByRole.put(hot.get(i), cpu);
            cpu = allowed.previousSetBit(cpu - 1);
        }
        return cpuByRole;
    }

    private static boolean isOnlyOne(Map<String, Integer> pins, Integer cpu) {
        return pins.values().stream().filter(cpu::equals).count() == 1;
    }

    private static BitSet cpus(Map<String, Integer> pins, String role, BitSet otherwise) {
        if (!pins.containsKey(role)) {
            return otherwise;
        }
        BitSet cpus = new BitSet();
        cpus.set(pins.get(role));
        return cpus;
    }
}
