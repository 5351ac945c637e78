// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recording;

/**
 * What an import of recordings found besides packets.
 *
 * @param lost      packets and times that the recorder lost, and answers that no time took: the
 *                  journal is not that of the run
 * @param discarded packets that the run discarded before they were decoded; passed over
 * @param foreign   packets of channels that are not imported
 */
public record RecordingCounts(long lost, long discarded, long foreign) {
    /** True when nothing stands between the recording and an equal journal. */
    public boolean isWhole() {
        return lost == 0 && foreign == 0;
    }

    @Override
    public String toString() {
        return lost + " lost by the recorder, " + discarded + " discarded by the run, " + foreign
            + " of other channels";
    }
}
