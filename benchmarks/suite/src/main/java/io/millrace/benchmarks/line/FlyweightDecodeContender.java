// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.line;

import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.MessageFile;
import io.millrace.benchmarks.rig.Options;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** The row "ITCH decode" of Millrace. Options: file, chunk (messages), take (chunks a round). */
public final class FlyweightDecodeContender implements Contender {
    private final FlyweightSum fields = new FlyweightSum();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final MessageFile messages;
    private final int roundChunks;

    /** Built by the contender's process. */
    public FlyweightDecodeContender(Options options) {
        messages = new MessageFile(Path.of(options.text("file")), options.number("chunk"));
        roundChunks = options.number("take");
    }

    @Override
    public void prepare() {
        decode(messages.chunk(0));
    }

    @Override
    public void round(int index, Figures figures) {
        long startNs = System.nanoTime();
        for (int i = 0; i < roundChunks; i++) {
            decode(messages.chunk(i));
        }
        figures.speed((long) roundChunks * messages.chunkMessages(), System.nanoTime() - startNs)
            .put("crossTradeSum", fields.crossTradeSum());
    }

    @Override
    public long checksum() {
        return fields.sum();
    }

    private void decode(ByteBuffer chunk) {
        buffer.wrap(chunk);
        fields.read(buffer, 0, chunk.capacity());
    }
}
