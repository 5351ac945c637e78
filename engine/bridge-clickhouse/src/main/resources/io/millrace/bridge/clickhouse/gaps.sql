    state LowCardinality(String),
    cure LowCardinality(String),
    from_sequence Int64,
    to_sequence Int64
