// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import io.millrace.engine.Engine;
import io.millrace.engine.Pipeline;
import io.millrace.engine.ThreadingMode;
import io.millrace.event.EventReader;
import io.millrace.event.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.journal.JournalWriter;
import io.millrace.journal.OutboundRewrite;
import io.millrace.journal.compare.EventEquality;
import java.nio.file.Path;
import org.agrona.concurrent.Agent;

/**
 * Derives an outbound queue again from a whole inbound one, since the one is a function of the
 * other, and puts it in the old one's place. What can still be read of the old one must come out
 * again, or nothing is replaced. Control thread; no engine may write the epoch meanwhile.
 */
public final class OutboundRepair {
    private final Path directory;

    /** @param epochDirectory directory of an epoch whose inbound queue is whole */
    public OutboundRepair(Path epochDirectory) {
        directory = epochDirectory;
    }

    /**
     * What was done.
     *
     * @param replayed inbound events
     * @param derived  outbound events that the new queue holds
     * @param survived events of the old queue that could be read, all of them equal
     */
    public record Result(long replayed, long derived, long survived) {
    }

    /** @throws JournalException when nothing was replaced, and why */
    public Result run() {
        Pipeline pipeline = new Pipeline(EngineSection.read(Journal.head(directory))
            .threadingMode(ThreadingMode.INVOKER).conclude());
        JournalReplayer replayer =
            new JournalReplayer(directory, pipeline.inbound(), new ReplayContext());
        try (OutboundRewrite rewrite = new OutboundRewrite(directory)) {
            JournalWriter writer = rewrite.writer(pipeline.outboundRing().newGatingReader());
            Survivors survivors = new Survivors(pipeline.outboundRing().newGatingReader());
            Engine engine = new Engine(pipeline).ingress(replayer)
                .reader(writer.roleName(), writer).reader(survivors.roleName(), survivors);
            engine.start();
            engine.awaitIngress();
            engine.close();
            if (replayer.hole() != null) {
                throw new JournalException("nothing was replaced: " + replayer.hole()
                    + ", so that what is behind it cannot be derived");
            }
            String problem = rewrite.problem(writer);
            problem = problem == null ? survivors.problem(replayer.replayedCount()) : problem;
            if (problem != null) {
                throw new JournalException("nothing was replaced: " + problem);
            }
            rewrite.replace();
            return new Result(replayer.replayedCount(), writer.sequence(), survivors.equalCount);
        }
    }

    /** Compares what is derived now with what the old queue still shows. Chain's thread. */
    private final class Survivors implements Agent {
        private final EventReader reader;
        private final JournalTail old = JournalTail.written(directory, JournalQueue.OUTBOUND)
            .damageListener(damage -> { });
        private final EventView derived = new EventView();
        private boolean isOld = old.next();
        private long equalCount;
        private long firstDiffering;

        Survivors(EventReader reader) {
            this.reader = reader;
        }

        @Override
        public int doWork() {
            long first = reader.next();
            long last = reader.available();
            for (long slot = first; slot <= last; slot++) {
                derived.wrap(reader.ring().buffer(), reader.ring().blockOffset(slot));
                compare();
            }
            reader.release(last);
            return (int) (last - first + 1);
        }

        private void compare() {
            if (!isOld || old.event().sequence() != derived.sequence()) {
                return;
            }
            if (EventEquality.DATA.isEqual(old.event(), derived)) {
                equalCount++;
            } else if (firstDiffering == 0) {
                firstDiffering = derived.sequence();
            }
            isOld = old.next();
        }

        /** An event whose cause inbound lost cannot come out again. */
        private String problem(long lastInbound) {
            if (firstDiffering != 0) {
                return "the old outbound event " + firstDiffering + " can be read and does not come"
                    + " out again; another build or other options derived it";
            }
            boolean isMissing = isOld && old.event().originSequence() <= lastInbound;
            return isMissing ? "the old outbound event " + old.event().sequence()
                + " can be read and does not come out again" : null;
        }

        @Override
        public void onClose() {
            old.close();
        }

        @Override
        public String roleName() {
            return "survivors";
        }
    }
}
