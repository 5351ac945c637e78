-- SPDX-License-Identifier: Apache-2.0
-- Bars of one minute, five minutes and an hour by SQL over the trades of the bridge.
CREATE OR REPLACE VIEW ${database}.candles AS
SELECT arrayJoin([60, 300, 3600]) AS interval_s, symbol,
    toDateTime(intDiv(toUnixTimestamp(receive_time), interval_s) * interval_s, 'UTC') AS start,
    argMin(price, (receive_time, sequence)) AS open, max(price) AS high, min(price) AS low,
    argMax(price, (receive_time, sequence)) AS close, sum(size) AS volume, count() AS trades
FROM ${database}.trades
WHERE price IS NOT NULL
GROUP BY interval_s, symbol, start
ORDER BY symbol, interval_s, start;
