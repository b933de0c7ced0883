-- Who resumed last what was suspended: the same person who asks again is told "active" again. Gone with the next suspension.
CREATE TABLE resumption (
  ref text COLLATE "C" PRIMARY KEY,
  resumed_by text NOT NULL,
  resumed_at timestamptz NOT NULL DEFAULT now()
);
