-- SPDX-License-Identifier: Apache-2.0
-- hft.monitoring: what arrived in the last minutes, by symbol, for a page or curl: SELECT * FROM hft.monitoring LIMIT 2
CREATE DATABASE IF NOT EXISTS hft ENGINE = Atomic;

CREATE OR REPLACE VIEW hft.monitoring AS
SELECT toStartOfMinute(receive_time) AS minute, symbol, count() AS trades, sum(size) AS volume,
    argMax(price, (receive_time, sequence)) AS last_price, max(receive_time) AS last_time
FROM ${database}.trades
GROUP BY minute, symbol
ORDER BY minute DESC, trades DESC;
