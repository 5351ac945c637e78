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

    /** A file that still can be asked what it held has come to its end. */
    void onFileEnd(Path file, CaptureFile capture);
}
