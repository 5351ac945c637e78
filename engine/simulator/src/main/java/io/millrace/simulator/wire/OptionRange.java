// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Refuses options out of range with their name, value and range. */
public final class OptionRange {
    private OptionRange() {
    }

    /** Throws when a value is not between two bounds, both allowed. */
    public static void check(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                option + " " + value + " is not within " + min + " to " + max);
        }
    }

    /** The address in a text; throws when it is none. */
    public static InetAddress address(String option, String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(option + " " + address + " is not an address", e);
        }
    }
}
