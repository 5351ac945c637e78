// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.table;

/**
 * A column of a table in files.
 *
 * @param name       in every file
 * @param type       of its values
 * @param scale      digits behind the point of a decimal, else 0
 * @param isRequired false where a value may be missing
 */
public record Column(String name, Type type, int scale, boolean isRequired) {
    /** What the values are. */
    public enum Type {
        /** Days since 1970-01-01. */
        DATE,
        /** A number of at most 32 bits. */
        INT32,
        /** A number of 64 bits. */
        INT64,
        /** Ns since 1970-01-01 in UTC. */
        TIME_NS,
        /** A fixed-point number of at most 18 digits. */
        DECIMAL,
        /** A word. */
        TEXT
    }
}
