-- SPDX-License-Identifier: Apache-2.0
-- Trades from their topic into a table, without the bridge to ClickHouse: the server itself reads what is committed.
-- Parameters: database, brokers, topic, group (scripts/clickhouse/apply).
CREATE DATABASE IF NOT EXISTS ${database} ENGINE = Atomic;

CREATE TABLE IF NOT EXISTS ${database}.ticks_topic
(
    symbol String, venue String, price Nullable(Decimal64(9)), size Nullable(Decimal64(6)), side String, trade_id Int64,
    ts_recv Int64, epoch Date, queue String, sequence UInt64
)
ENGINE = Kafka
SETTINGS kafka_broker_list = '${brokers}', kafka_topic_list = '${topic}', kafka_group_name = '${group}',
    kafka_format = 'JSONEachRow', input_format_skip_unknown_fields = 1;

CREATE TABLE IF NOT EXISTS ${database}.ticks
(
    epoch Date, sequence UInt64 CODEC(Delta, ZSTD(1)), time DateTime64(9, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    symbol LowCardinality(String), venue LowCardinality(String), price Nullable(Decimal64(9)), size Nullable(Decimal64(6)),
    side LowCardinality(String), trade_id Int64
)
ENGINE = ReplacingMergeTree
PARTITION BY epoch
ORDER BY (symbol, time, sequence);

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.ticks_route TO ${database}.ticks AS
SELECT epoch, sequence, fromUnixTimestamp64Nano(ts_recv, 'UTC') AS time, symbol, venue, price, size, side, trade_id
FROM ${database}.ticks_topic;
