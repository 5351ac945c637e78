CREATE TABLE IF NOT EXISTS ${schema}.${partition}
PARTITION OF ${schema}.${table} FOR VALUES IN ('${epoch}')
