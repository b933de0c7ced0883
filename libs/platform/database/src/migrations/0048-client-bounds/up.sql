-- At which merchants a client's payments are, and how many offers it may hold at once. Empty: at every merchant.
ALTER TABLE client
  ADD COLUMN merchants text[] NOT NULL DEFAULT '{}',
  ADD COLUMN merchant_groups text[] NOT NULL DEFAULT '{}',
  ADD COLUMN open_holds_max integer CONSTRAINT client_open_holds_max CHECK (open_holds_max > 0);

-- What clients with a cap hold at this moment. Small: an index on the state of marketing_transaction would make each result write all its indexes.
CREATE TABLE open_hold (
  client text COLLATE "C" NOT NULL,
  serial text COLLATE "C" NOT NULL,
  PRIMARY KEY (client, serial)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

CREATE FUNCTION open_hold_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'held' THEN
    INSERT INTO open_hold (client, serial) VALUES (NEW.client, NEW.serial) ON CONFLICT DO NOTHING;
  ELSE
    DELETE FROM open_hold WHERE client = NEW.client AND serial = NEW.serial;
  END IF;
  RETURN NULL;
END $$;
-- Holds of a client without a cap do not have the key: for them nothing runs.
CREATE TRIGGER open_hold_begins AFTER INSERT ON marketing_transaction FOR EACH ROW
  WHEN (NEW.state = 'held' AND NEW.record ? 'countsOpen') EXECUTE FUNCTION open_hold_follows();
CREATE TRIGGER open_hold_changes AFTER UPDATE ON marketing_transaction FOR EACH ROW
  WHEN (NEW.state <> OLD.state AND 'held' IN (OLD.state, NEW.state) AND NEW.record ? 'countsOpen') EXECUTE FUNCTION open_hold_follows();
