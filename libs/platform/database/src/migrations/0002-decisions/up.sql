-- Which document versions, suspensions, group order and draw key were in force: written when a process has read changed documents.
-- The id is the hash of the content, so that several processes write one row. Never changed, never removed: decisions name it.
CREATE TABLE catalog_snapshot (
  id text COLLATE "C" PRIMARY KEY,
  draw_key text NOT NULL,
  groups text[] NOT NULL,
  campaigns jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Answers without an offer, so that "why did this card get nothing?" can be answered later. One partition per UTC day, made by whoever
-- writes the day's first row and dropped whole by the worker when its time is over.
CREATE TABLE decision_log (
  client text COLLATE "C" NOT NULL,
  serial text COLLATE "C" NOT NULL,
  answered_at timestamptz NOT NULL,
  -- made by the process that answered: a batch that is sent again is written once
  id uuid NOT NULL,
  merchant text NOT NULL,
  -- json and not jsonb: written a thousand times for each time it is read
  decision json NOT NULL,
  PRIMARY KEY (client, serial, answered_at, id)
) PARTITION BY RANGE (answered_at);
