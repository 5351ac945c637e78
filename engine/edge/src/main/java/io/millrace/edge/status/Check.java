// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

/**
 * One condition of being ready.
 *
 * @param name   what is asked
 * @param isGood whether it holds
 * @param reason why, or why not
 */
public record Check(String name, boolean isGood, String reason) {
}
