// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.metric;

import static io.millrace.edge.metric.MetricFamily.Type.COUNTER;
import static io.millrace.edge.metric.MetricFamily.Type.GAUGE;
import static io.millrace.edge.metric.MetricFamily.Type.SUMMARY;
import static io.millrace.edge.metric.MetricFamily.Type.UNTYPED;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which counter is which metric. A counter that no rule knows is shown under its own label. */
final class MetricTable {
    /** Counters that no rule knows, by label. */
    static final MetricFamily OTHERS = new MetricFamily("millrace_other", UNTYPED,
        "A counter of the engine without a metric of its own, by its label.");

    private static final double SECONDS_PER_NS = 1e-9;
    private static final double SECONDS_PER_MS = 1e-3;

    private final Map<String, MetricFamily> families = new LinkedHashMap<>();
    private final List<MetricRule> rules = new ArrayList<>();

    MetricTable() {
        addEngine();
        addFeeds();
        addLines();
        addRings();
        addJournal();
        addBridges();
        addLookup();
    }

    /** All rules. */
    List<MetricRule> rules() {
        return rules;
    }

    /** Metrics in the order in which they are printed. */
    List<MetricFamily> families() {
        return List.copyOf(families.values());
    }

    private void addEngine() {
        gauge("engine.simulated", "millrace_simulated", "1 when all data are simulated.");
        gauge("engine.state", "millrace_engine_state",
            "0 starting, 1 running, 2 failed, 3 stopped, as the engine itself says.");
        gauge("engine.pid", "millrace_engine_process_id", "Id of the engine's process.");
        gauge("engine.trading-date", "millrace_trading_date", "Trading date as yyyymmdd.");
        scaled("engine.start-time-ms", "millrace_engine_start_time_seconds",
            "Start of the engine since the Unix epoch.", SECONDS_PER_MS);
        counter("engine.chain-events", "millrace_chain_events_total",
            "Inbound events that the whole chain has taken.");
        counter("book.refused.{reason}", "millrace_book_refused_total",
            "Events that the books refused.");
        counter("book.stale", "millrace_book_stale_total", "Times that a book became stale.");
        counter("strategy.overruns", "millrace_strategy_overruns_total",
            "Events over which a strategy took longer than its budget.");
    }

    private void addFeeds() {
        feed("messages", "messages_total", "Messages that reached the decoder.");
        feed("missing", "missing_messages_total", "Messages lost for good.");
        feed("gaps", "gaps_total", "Holes, or parts of them, lost for good.");
        feed("ends-of-session", "session_ends_total", "Packets that said the session is over.");
        feed("session-changes", "session_changes_total", "Times that another session began.");
        feed("holes-opened", "holes_opened_total", "Holes that opened.");
        feed("healed-by-line", "holes_healed_by_line_total", "Holes that a line healed.");
        feed("healed-by-request", "holes_healed_by_request_total",
            "Holes for which a request server was needed.");
        feed("requests", "requests_total", "Requests for what was missing.");
        feed("breaker-opened", "circuit_opened_total", "Times that the circuit breaker opened.");
        gauge("feed.{feed}.breaker", "millrace_circuit_state",
            "Circuit breaker of a feed: 0 closed, 1 open, 2 half open.");
        gauge("feed.{feed}.connected", "millrace_feed_connected",
            "1 while a feed's connection is logged in.");
        gauge("feed.{feed}.holes-open", "millrace_feed_holes_open", "Holes open now.");
        gauge("feed.{feed}.held-packets", "millrace_feed_held_packets",
            "Packets held back behind holes now.");
    }

    private void addLines() {
        line("packets", "packets_total", "Whole packets of the session.");
        line("messages", "messages_total", "Messages in them.");
        line("won", "wins_total", "Messages that came on this line first.");
        line("lost", "lost_messages_total", "Messages that never came on this line.");
        line("repeated", "repeated_messages_total", "Messages that came on this line again.");
        line("late", "late_messages_total", "Messages that came behind later ones.");
        gauge("feed.{feed}.line.{line}.reorder-depth", "millrace_line_reorder_depth_messages",
            "Most messages by which one was late.");
        families.put("millrace_line_lead_seconds", new MetricFamily("millrace_line_lead_seconds",
            SUMMARY, "By how much a line was ahead with packets that came on it first."));
        rules.add(new MetricRule("feed.{feed}.line.{line}.lead-ns", "millrace_line_lead_seconds",
            "_sum", SECONDS_PER_NS));
        rules.add(new MetricRule("feed.{feed}.line.{line}.leads", "millrace_line_lead_seconds",
            "_count", 1));
    }

    private void addRings() {
        gauge("ring.{ring}.capacity", "millrace_ring_capacity_events", "Slots of a ring.");
        gauge("ring.{ring}.used", "millrace_ring_used_events",
            "Slots that hold what a reader has yet to take.");
        gauge("ring.{ring}.high-water", "millrace_ring_high_water_events",
            "Most slots that were seen in use.");
    }

    private void addJournal() {
        queue("sequence", "events_total", "Events that the queue holds.");
        queue("excerpts", "excerpts_total", "Appends of one event or more.");
        queue("unjournaled", "unjournaled_events_total",
            "Events that passed while nothing was appended.");
        queue("holes", "holes_total", "Times that appending stopped.");
        queue("unforced", "failed_forces_total", "Forces to disk that failed.");
        gauge("journal.disk.usable-bytes", "millrace_journal_disk_usable_bytes",
            "Bytes that the journal's file system has left.");
        gauge("journal.disk.total-bytes", "millrace_journal_disk_size_bytes",
            "Bytes that the journal's file system has.");
        gauge("journal.disk.bytes-per-day", "millrace_journal_bytes_per_day",
            "Bytes of a day: the mean of the latest epochs, or this one's when that is more.");
        gauge("journal.disk.days-to-full", "millrace_journal_days_to_full",
            "Days until the journal's file system is full when it goes on so.");
        gauge("journal.{queue}.bytes-per-event", "millrace_journal_bytes_per_event",
            "Bytes of an event on average.");
        gauge("journal.disk.room", "millrace_journal_disk_room",
            "0 while the journal's file system has room, else what it lacks.");
        gauge("journal.{queue}.position", "millrace_journal_position_bytes",
            "Byte offset in the queue's file.");
        gauge("journal.{queue}.open", "millrace_journal_open", "1 while the writer runs.");
        gauge("journal.{queue}.state", "millrace_journal_state",
            "0 while all is appended as promised, else what keeps the writer from it.");
    }

    private void addBridges() {
        gauge("bridge.{sink}.circuit", "millrace_bridge_circuit_state",
            "0 while the outside acknowledges, 1 while it is away or mute, 2 while it is tried.");
        gauge("bridge.{sink}.epoch", "millrace_bridge_epoch", "Trading date read, as yyyymmdd.");
        gauge("bridge.{sink}.lag-events", "millrace_bridge_lag_events",
            "Events in the journals that the outside has not acknowledged.");
        scaled("bridge.{sink}.lag-ns", "millrace_bridge_lag_seconds",
            "Age of the oldest event read that the outside has not acknowledged.", SECONDS_PER_NS);
        gauge("bridge.{sink}.{queue}.sequence", "millrace_bridge_position",
            "Sequence of the last event that the outside acknowledged.");
        bridge("events", "events_total", "Events that the outside acknowledged.");
        bridge("batches", "batches_total", "Batches that the outside acknowledged.");
        bridge("failures", "errors_total", "Attempts that failed.");
        bridge("stalls", "stalls_total", "Batches that were not acknowledged in time.");
        bridge("dead-letters", "dead_letters_total", "Records that the outside refused for good.");
        bridge("dead-letters-unkept", "dead_letters_unkept_total",
            "Records refused for good for which the file of dead letters had no room.");
        bridge("hole-events", "hole_events_total", "Events that the journal did not hold.");
        bridge("epochs-missed", "epochs_missed_total",
            "Epochs that vanished before they were read.");
        bridge("journals-replaced", "journals_replaced_total",
            "Journals that took another one's place and were read from their start.");
        addStores();
    }

    private void addStores() {
        gauge("bridge.{sink}.pool-size", "millrace_bridge_pool_size",
            "Most connections of the client's pool.");
        gauge("bridge.{sink}.pool-leased", "millrace_bridge_pool_leased",
            "Connections in use.");
        gauge("bridge.{sink}.pool-idle", "millrace_bridge_pool_idle", "Connections kept unused.");
        gauge("bridge.{sink}.pool-waiting", "millrace_bridge_pool_waiting",
            "Requests that wait for a connection.");
        gauge("bridge.{sink}.health", "millrace_bridge_server_health",
            "1 while the server's last answer to the health query was good.");
        scaled("bridge.{sink}.health-ns", "millrace_bridge_server_answer_seconds",
            "Time until that answer was seen.", SECONDS_PER_NS);
        store("uptime-seconds", "Seconds since the server started.");
        store("queries", "Queries that the server runs, that one included.");
        store("merges", "Merges of the database that run.");
        store("parts", "Active parts of the database.");
        store("rows", "Rows in them.");
        store("bytes", "Bytes of them on disk.");
        store("replicas-readonly", "Replicated tables that take nothing.");
        store("replication-queue", "Tasks that replicated tables have before them.");
    }

    private void addLookup() {
        counter("lookup.{tier}.fresh", "millrace_lookup_fresh_total",
            "Questions for a quote to which a tier had the present one.");
        counter("lookup.{tier}.warm", "millrace_lookup_warm_total",
            "Questions for a quote to which a tier had one that may be past.");
        counter("lookup.{tier}.misses", "millrace_lookup_misses_total",
            "Questions for a quote to which a tier had none.");
        counter("lookup.{tier}.failures", "millrace_lookup_failures_total",
            "Questions for a quote in which a tier failed.");
        counter("lookup.{tier}.late", "millrace_lookup_late_total",
            "Questions for a quote that a tier did not answer in time.");
    }

    private void store(String name, String help) {
        gauge("bridge.{sink}.server-" + name, "millrace_bridge_server_" + name.replace('-', '_'),
            help);
    }

    private void bridge(String name, String metric, String help) {
        counter("bridge.{sink}." + name, "millrace_bridge_" + metric, help);
    }

    private void feed(String name, String metric, String help) {
        counter("feed.{feed}." + name, "millrace_feed_" + metric, help);
    }

    private void line(String name, String metric, String help) {
        counter("feed.{feed}.line.{line}." + name, "millrace_line_" + metric, help);
    }

    private void queue(String name, String metric, String help) {
        counter("journal.{queue}." + name, "millrace_journal_" + metric, help);
    }

    private void counter(String pattern, String family, String help) {
        families.put(family, new MetricFamily(family, COUNTER, help));
        rules.add(new MetricRule(pattern, family, "", 1));
    }

    private void gauge(String pattern, String family, String help) {
        scaled(pattern, family, help, 1);
    }

    private void scaled(String pattern, String family, String help, double scale) {
        families.put(family, new MetricFamily(family, GAUGE, help));
        rules.add(new MetricRule(pattern, family, "", scale));
    }
}
