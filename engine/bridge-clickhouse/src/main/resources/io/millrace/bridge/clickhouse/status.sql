    state LowCardinality(String),
    scope LowCardinality(String)
