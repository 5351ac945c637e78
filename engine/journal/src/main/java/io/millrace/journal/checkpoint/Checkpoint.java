// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.checkpoint;

import io.millrace.engine.ChainPosition;
import java.nio.file.Path;

/**
 * A saved state of the chain within an epoch, as its file's head tells; the state itself may be
 * damaged all the same.
 *
 * @param path          its file
 * @param position      behind which inbound event the state was
 * @param isAnchor      true when no events of this journal lead to the state, so that it is kept
 * @param hasKept       true when kept events stand in front of the state
 * @param epoch         trading date as yyyymmdd
 * @param schemaVersion version of the events' schema in the build that wrote it
 * @param shape         options that the chain must have in common with the one it is restored into
 * @param byteCount     bytes of the file
 */
public record Checkpoint(Path path, ChainPosition position, boolean isAnchor, boolean hasKept,
    int epoch, int schemaVersion, String shape, long byteCount) {
}
