    state text NOT NULL,
    cure text NOT NULL,
    from_sequence bigint NOT NULL,
    to_sequence bigint NOT NULL
