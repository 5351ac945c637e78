    price numeric(19, 9),
    size numeric(19, 6),
    side text NOT NULL,
    trade_id bigint NOT NULL
