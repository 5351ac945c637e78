// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import io.millrace.feed.transport.CaptureFile;
import java.nio.file.Path;

/** Is told how an import goes on, on the importing thread. */
public interface CaptureImportListener {
    /** A file begins; the day is told before the first of its events. */
    void onFile(Path file, TradingDate date);

    /** So many bytes of the file, as it lies on disk, were read. */
    default void onProgress(long fileBytesRead, long fileLength) {
    }

    /**
     * So many packets of a file that ends had no capture time, or one more than a day off the
     * file's day; their messages told the time.
     */
    default void onUntimedPackets(Path file, long count) {
    }

    /** A file that still can be asked what it held has come to its end. */
    void onFileEnd(Path file, CaptureFile capture);
}
