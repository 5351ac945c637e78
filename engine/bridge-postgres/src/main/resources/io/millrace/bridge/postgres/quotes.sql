    kind text NOT NULL,
    bid numeric(19, 9),
    bid_size numeric(19, 6),
    ask numeric(19, 9),
    ask_size numeric(19, 6)
