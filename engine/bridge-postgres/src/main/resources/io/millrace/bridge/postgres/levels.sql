    side text NOT NULL,
    price numeric(19, 9),
    size numeric(19, 6)
