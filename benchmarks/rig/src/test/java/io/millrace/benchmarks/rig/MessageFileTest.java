// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageFileTest {
    @TempDir
    private Path folder;

    @Test
    void shouldCutWholeMessagesIntoChunksAndLeaveTheRestOut() throws IOException {
        Path path = folder.resolve("messages");
        Files.write(path, records(1, 2, 3, 4, 5));

        MessageFile file = new MessageFile(path, 2);

        List<String> chunks = new ArrayList<>();
        for (int i = 0; i < file.chunkCount(); i++) {
            chunks.add(lengths(file.chunk(i)));
        }
        assertEquals(List.of("1,2,", "3,4,"), chunks);
    }

    private static byte[] records(int... lengths) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (int length : lengths) {
            out.writeShort(length);
            out.write(new byte[length]);
        }
        out.writeShort(0);
        return bytes.toByteArray();
    }

    private static String lengths(ByteBuffer chunk) {
        StringBuilder lengths = new StringBuilder();
        for (int offset = 0; offset < chunk.capacity(); ) {
            int length = chunk.getShort(offset);
            lengths.append(length).append(',');
            offset += MessageFile.LENGTH_BYTES + length;
        }
        return lengths.toString();
    }
}
