// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.soupbintcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsciiNumberTest {
    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, value = {
        "'                   1',1",
        "'1                   ',1",
        "'     5120033        ',5120033",
        "'00000000000000000007',7",
        "'                   0',0",
        "'  999999999999999999',999999999999999999",
        "' 1000000000000000000',-1",
        "'99999999999999999999',-1",
        "' 9223372036854775808',-1",
        "'                    ',-1",
        "'                  -1',-1",
        "'                 1 2',-1",
        "'                  1a',-1"})
    void shouldReadNumbersAndNothingElse(String text, long value) {
        UnsafeBuffer buffer = new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
        assertEquals(value, AsciiNumber.parse(buffer, 0, 20));
    }

    @Test
    void shouldReadWhatItWrote() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[20]);
        for (long value : new long[] {0, 1, 10, 999, 5_120_033, AsciiNumber.MAX}) {
            AsciiNumber.put(buffer, 0, 20, value);
            assertEquals(" ".repeat(20 - Long.toString(value).length()) + value,
                buffer.getStringWithoutLengthAscii(0, 20));
            assertEquals(value, AsciiNumber.parse(buffer, 0, 20));
        }
    }
}
