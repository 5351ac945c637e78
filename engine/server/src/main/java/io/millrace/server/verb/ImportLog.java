// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.feed.CaptureImportListener;
import io.millrace.feed.TradingDate;
import io.millrace.feed.transport.CaptureFile;
import java.nio.file.Path;

/** Tells in the log what is the matter with imported files. Importing thread. */
final class ImportLog implements CaptureImportListener {
    private final Terminal terminal;
    private final String verb;
    private boolean isDateMissed;
    private volatile boolean hasFinding;
    private volatile boolean hasContent;

    ImportLog(Terminal terminal, String verb) {
        this.terminal = terminal;
        this.verb = verb;
    }

    @Override
    public void onFile(Path file, TradingDate date) {
        if (!date.isKnown() && !isDateMissed) {
            isDateMissed = true;
            terminal.log(verb + ": " + file + " tells no date: 1970-01-01 is taken and events carry"
                + " badTime; give --date");
        }
    }

    @Override
    public void onUntimedPackets(Path file, long count) {
        terminal.log(verb + ": " + file + ": " + count + " packets without a capture time near the"
            + " date; their messages tell the time");
    }

    @Override
    public void onFileEnd(Path file, CaptureFile capture) {
        hasContent |= capture.frame() > 0 || capture.isCut();
        if (capture.frame() == 0 && !capture.isCut()) {
            terminal.log(verb + ": " + file + " is empty: nothing is in it");
        }
        if (capture.isCut()) {
            hasFinding = true;
            terminal.log(verb + ": " + file + " is cut: " + capture.problem() + ", "
                + capture.strayBytes()
                + " stray bytes");
        }
    }

    /** True when there was something in a file. */
    boolean hasContent() {
        return hasContent;
    }

    /** True when a file was not whole. */
    boolean hasFinding() {
        return hasFinding;
    }
}
