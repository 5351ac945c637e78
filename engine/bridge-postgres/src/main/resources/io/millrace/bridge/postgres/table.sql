CREATE TABLE IF NOT EXISTS ${schema}.${table}
(
${common}
${columns}
)
${partitioning};
CREATE INDEX IF NOT EXISTS ${table}_symbol_time ON ${schema}.${table} (symbol, receive_time)
