// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.peer;

import com.paritytrading.juncture.nasdaq.itch50.ITCH50Parser;
import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.MessageFile;
import io.millrace.benchmarks.rig.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The row "ITCH decode" of juncture. Options: file, chunk (messages), take (chunks a round). */
public final class JunctureDecodeContender implements Contender {
    private final JunctureSum fields = new JunctureSum();
    private final ITCH50Parser parser = new ITCH50Parser(fields);
    private final MessageFile messages;
    private final int roundChunks;

    /** Built by the contender's process. */
    public JunctureDecodeContender(Options options) {
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
        int limit = chunk.capacity();
        int offset = 0;
        try {
            while (offset < limit) {
                int length = chunk.getShort(offset) & 0xFFFF;
                offset += MessageFile.LENGTH_BYTES;
                parser.message(chunk.position(offset));
                offset += length;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
