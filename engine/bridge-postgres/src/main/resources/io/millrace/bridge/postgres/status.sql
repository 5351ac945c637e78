    state text NOT NULL,
    scope text NOT NULL
