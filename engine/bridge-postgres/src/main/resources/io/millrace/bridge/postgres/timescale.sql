SELECT create_hypertable('${schema}.${table}', 'receive_time',
    chunk_time_interval => INTERVAL '1 day', if_not_exists => TRUE)
