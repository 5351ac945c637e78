// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.parquet;

/** What is done of a batch; between any two of them a process may be killed. */
enum Step {
    /** Its files are forced under names that no reader looks at. */
    WRITTEN,
    /** One of its files has its name. */
    NAMED,
    /** All have, and the folders are forced. */
    ALL_NAMED,
    /** They stand in the manifest. */
    LISTED,
    /** The catalog lists them too. */
    CATALOGUED
}
