// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.snapshot;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A source whose server is the test. */
final class ScriptedSource implements SnapshotSource {
    private final List<String> calls = new ArrayList<>();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[4]);
    private SnapshotHandler handler;

    List<String> calls() {
        return calls;
    }

    void asked() {
        handler.onSnapshotAsked();
    }

    void message(int number) {
        handler.onSnapshotMessage(message, 0, 4, number, 1);
    }

    void last(int number) {
        handler.onLastSnapshotMessage(message, 0, 4, number, 1);
    }

    void ended(long next) {
        handler.onSnapshotEnded(next);
    }

    void failed() {
        handler.onSnapshotFailed();
    }

    void refused() {
        handler.onSnapshotRefused();
    }

    @Override
    public void start(SnapshotHandler snapshotHandler) {
        handler = snapshotHandler;
        calls.add("start");
    }

    @Override
    public void retry() {
        calls.add("retry");
    }

    @Override
    public void stop() {
        calls.add("stop");
    }

    @Override
    public int onTime(long nowNs) {
        return 0;
    }

    @Override
    public String name() {
        return "script";
    }

    @Override
    public void close() {
        calls.add("close");
    }
}
