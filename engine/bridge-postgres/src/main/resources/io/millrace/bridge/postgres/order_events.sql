    kind text NOT NULL,
    order_id bigint NOT NULL,
    new_order_id bigint NOT NULL,
    side text NOT NULL,
    price numeric(19, 9),
    size numeric(19, 6)
