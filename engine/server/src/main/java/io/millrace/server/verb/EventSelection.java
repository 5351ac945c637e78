// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.event.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.server.config.NearestName;
import io.millrace.server.json.EventJson;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** The flags that choose among events: a span of receive time, symbols, kinds. One thread. */
public final class EventSelection {
    @Option(names = "--from", paramLabel = "TIME",
        description = "First receive time, ISO 8601 or ns.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Last receive time, ISO 8601 or ns.")
    private String to;

    @Option(names = "--symbols", split = ",", paramLabel = "SYMBOL",
        description = "Only events of these securities.")
    private List<String> symbols = List.of();

    @Option(names = "--types", split = ",", paramLabel = "KIND",
        completionCandidates = Kinds.class,
        description = {"Only events of these kinds, such as OrderAdded,Trade. There are:",
            "${COMPLETION-CANDIDATES}."})
    private List<String> types = List.of();

    private final InstrumentDefinedDecoder defined = new InstrumentDefinedDecoder();
    private final Set<Integer> instrumentIds = new HashSet<>();

    /** All kinds of events, for the help. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return EventJson.templateIds().keySet().iterator();
        }
    }

    /** Reads the flags; refuses a kind that does not exist. */
    public void check() {
        fromNs();
        toNs();
        Map<String, Integer> known = EventJson.templateIds();
        for (String type : types) {
            if (!known.containsKey(type)) {
                throw new UsageException("--types: '" + type
                    + "' is no kind of event" + (NearestName.of(type, known.keySet()) != null
                        ? NearestName.question(type, known.keySet())
                        : "; there are " + String.join(", ", known.keySet())));
            }
        }
    }

    /** First receive time wanted. */
    public long fromNs() {
        return from == null ? Long.MIN_VALUE : Times.parseNs("--from", from);
    }

    /** Last receive time wanted. */
    public long toNs() {
        return to == null ? Long.MAX_VALUE : Times.parseNs("--to", to);
    }

    /** True when some events are not wanted whatever their time. */
    public boolean isFilter() {
        return !symbols.isEmpty() || !types.isEmpty();
    }

    /** True when events are chosen by security, which takes all definitions from the start. */
    public boolean isBySymbol() {
        return !symbols.isEmpty();
    }

    /** Symbols wanted, none for all. */
    public List<String> symbols() {
        return symbols;
    }

    /** Template ids wanted, none for all. */
    public Set<Integer> templateIds() {
        Set<Integer> ids = new HashSet<>();
        types.forEach(type -> ids.add(EventJson.templateIds().get(type)));
        return ids;
    }

    /** True when a time was given. */
    public boolean isSpan() {
        return from != null || to != null;
    }

    /** Ids of the securities wanted, those of the epoch that was noticed. */
    public Set<Integer> instrumentIds() {
        return instrumentIds;
    }

    /**
     * Learns which ids the symbols have: from the epoch's head, else from the inbound events that
     * define them, wherever they stand.
     */
    public void noticeEpoch(Path epoch) {
        if (symbols.isEmpty()) {
            return;
        }
        noticeHead(Journal.head(epoch).symbols());
        try (JournalTail tail = JournalTail.written(epoch, JournalQueue.INBOUND)
            .damageListener(damage -> { })) {
            while (instrumentIds.size() < symbols.size() && tail.next()) {
                notice(tail.event());
            }
        }
    }

    private void noticeHead(List<String> known) {
        for (int i = 0; i < known.size(); i++) {
            if (symbols.contains(known.get(i))) {
                instrumentIds.add(i + 1);
            }
        }
    }

    private void notice(EventView event) {
        if (event.templateId() == InstrumentDefinedDecoder.TEMPLATE_ID) {
            defined.wrap(event.buffer(), event.offset(), event.blockLength(),
                InstrumentDefinedDecoder.SCHEMA_VERSION);
            if (symbols.contains(defined.symbol().strip())) {
                instrumentIds.add(event.instrumentId());
            }
        }
    }

    /** True when an event of any time is wanted by security and kind. */
    public boolean isWanted(EventView event, Set<Integer> templateIds) {
        return (templateIds.isEmpty() || templateIds.contains(event.templateId()))
            && (symbols.isEmpty() || instrumentIds.contains(event.instrumentId()));
    }
}
