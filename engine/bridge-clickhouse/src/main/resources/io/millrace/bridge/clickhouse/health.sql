SELECT
    uptime() AS uptime_seconds,
    (SELECT count() FROM system.processes) AS queries,
    (SELECT count() FROM system.merges WHERE database = '${database}') AS merges,
    (SELECT count() FROM system.parts WHERE active AND database = '${database}') AS parts,
    (SELECT sum(rows) FROM system.parts WHERE active AND database = '${database}') AS rows,
    (SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND database = '${database}') AS bytes,
    (SELECT countIf(is_readonly) FROM system.replicas WHERE database = '${database}') AS replicas_readonly,
    (SELECT sum(queue_size) FROM system.replicas WHERE database = '${database}') AS replication_queue
