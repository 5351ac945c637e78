CREATE TABLE IF NOT EXISTS ${schema}.millrace_position
(
    name text PRIMARY KEY,
    epoch date NOT NULL,
    birth bigint NOT NULL,
    inbound bigint NOT NULL,
    outbound bigint NOT NULL,
    moved timestamptz NOT NULL DEFAULT now()
)
WITH (fillfactor = 10)
