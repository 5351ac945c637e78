    kind LowCardinality(String),
    bid Nullable(Decimal64(9)) CODEC(ZSTD(1)),
    bid_size Nullable(Decimal64(6)) CODEC(ZSTD(1)),
    ask Nullable(Decimal64(9)) CODEC(ZSTD(1)),
    ask_size Nullable(Decimal64(6)) CODEC(ZSTD(1))
