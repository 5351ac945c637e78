    side LowCardinality(String),
    price Nullable(Decimal64(9)) CODEC(ZSTD(1)),
    size Nullable(Decimal64(6)) CODEC(ZSTD(1))
