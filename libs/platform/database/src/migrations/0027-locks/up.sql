-- A proof that the API has signed for one decision of one person, spent by one update of a flow. The same update again finds its own row.
CREATE TABLE decision_proof (
  id text COLLATE "C" PRIMARY KEY,
  -- <workflow id>/<update id>
  spent_by text NOT NULL,
  -- Which decision about what, and the API key of the person.
  decision text NOT NULL,
  person text NOT NULL,
  spent_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON decision_proof FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
