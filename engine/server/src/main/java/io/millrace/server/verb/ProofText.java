// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.journal.replay.Proof;
import io.millrace.server.json.JsonLines;
import java.io.IOException;
import java.nio.file.Path;

/** Tells what came of a proof. One thread. */
public final class ProofText {
    private final Terminal terminal;
    private final Path epoch;

    public ProofText(Terminal terminal, Path epoch) {
        this.terminal = terminal;
        this.epoch = epoch;
    }

    /** One line. */
    public static String line(Proof proof) {
        String counts = proof.inboundCount() + " events replayed, " + proof.producedCount()
            + " derived, "
            + proof.recordedCount() + " recorded, " + proof.fingerprintCount()
            + " fingerprints equal" + (proof.behindSequence() == 0 ? ""
                : ", from the checkpoint behind event " + proof.behindSequence())
            + (proof.holes().isEmpty() ? "" : ", " + proof.holes().size() + " holes");
        if (proof.divergence() == null) {
            return counts;
        }
        Proof.Divergence divergence = proof.divergence();
        return counts + "; first divergent interval: inbound events " + divergence.fromSequence()
            + " to "
            + divergence.toSequence() + ", first outbound event that differs: "
            + divergence.firstOutbound() + ", derived from inbound event " + divergence.cause()
            + ": " + divergence.reason();
    }

    /** Prints the proof, and its damages in the log. */
    public void print(Proof proof, boolean isJson) throws IOException {
        proof.damages().forEach(damage -> terminal.log("damage: " + damage));
        proof.holes().forEach(hole -> terminal.log(hole.toString()));
        if (!isJson) {
            terminal.print(epoch + ": " + proof.outcome() + ": " + line(proof) + "\n");
            return;
        }
        JsonLines lines = new JsonLines(terminal.out());
        lines.begin().field("journal", epoch.toString()).field("outcome", proof.outcome().name())
            .field("events", proof.inboundCount()).field("derived", proof.producedCount())
            .field("recorded", proof.recordedCount())
            .field("fingerprints", proof.fingerprintCount())
            .field("damages", proof.damages().size())
            .field("behind", proof.behindSequence()).field("holes", proof.holes().size());
        if (proof.divergence() != null) {
            lines.field("from", proof.divergence().fromSequence())
                .field("to", proof.divergence().toSequence())
                .field("firstOutbound", proof.divergence().firstOutbound())
                .field("cause", proof.divergence().cause())
                .field("reason", proof.divergence().reason());
        }
        lines.end();
        lines.flush();
    }
}
