CREATE TABLE IF NOT EXISTS ${database}.${table}${on_cluster}
(
${common}
${columns}
)
ENGINE = ${engine}
PARTITION BY epoch
ORDER BY (symbol, receive_time, sequence)
TTL epoch + INTERVAL ${ttl_days} DAY
SETTINGS ${deduplication}
