CREATE TABLE IF NOT EXISTS ${database}.${table}_all${on_cluster} AS ${database}.${table}
ENGINE = Distributed('${cluster}', '${database}', '${table}', cityHash64(symbol))
