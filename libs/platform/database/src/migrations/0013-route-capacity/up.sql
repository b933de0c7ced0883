-- How full the daily limits of routing are and when they will be used up. Written once a minute by whichever worker gets to it
-- (libs/routing/attempts, capacity-sweep.ts); payments never touch these tables.

-- What stood on a daily counter (held + used + over) when somebody looked, by minute of the day: a look every quarter of an hour, kept where something
-- has changed. A row per counter and day; what was not looked at in between has grown evenly.
CREATE TABLE route_curve (
  day date NOT NULL,
  ref text COLLATE "C" NOT NULL,
  minutes smallint[] NOT NULL,
  fen bigint[] NOT NULL,
  counts bigint[] NOT NULL,
  PRIMARY KEY (day, ref),
  CONSTRAINT route_curve_aligned CHECK (cardinality(minutes) = cardinality(fen) AND cardinality(minutes) = cardinality(counts))
) WITH (fillfactor = 80);

-- What is told of each limit of the live document.
CREATE TABLE route_capacity (
  ref text COLLATE "C" NOT NULL,
  measure text NOT NULL CONSTRAINT route_capacity_measure CHECK (measure IN ('amount', 'count')),
  part text NOT NULL CONSTRAINT route_capacity_part CHECK (part IN ('channels', 'mids', 'pools')),
  day date NOT NULL,
  limit_value bigint NOT NULL,
  taken bigint NOT NULL,
  -- expected of the whole day
  expected bigint NOT NULL,
  -- when it is used up, or was; null: not today
  exhausts_at timestamptz,
  basis text NOT NULL CONSTRAINT route_capacity_basis CHECK (basis IN ('same_weekday', 'pace')),
  basis_days smallint NOT NULL,
  -- what its counter took on the days before this one, as far as curves are kept
  earlier_fen bigint NOT NULL,
  -- lists and metrics go by it: what is used up first, then what is fullest
  place bigint NOT NULL,
  PRIMARY KEY (ref, measure)
);
CREATE INDEX route_capacity_place ON route_capacity (place, ref, measure);
CREATE INDEX route_capacity_part_place ON route_capacity (part, place, ref, measure);

-- The last time all of it was told, and up to which minute of the day curves are known.
CREATE TABLE route_capacity_run (
  id smallint PRIMARY KEY CONSTRAINT route_capacity_run_one CHECK (id = 1),
  at timestamptz NOT NULL,
  day date NOT NULL,
  version integer NOT NULL,
  time_zone text NOT NULL,
  looked_minute smallint NOT NULL
);
