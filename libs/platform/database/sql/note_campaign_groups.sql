-- The groups of cards and customers that an approved version would ask, anywhere in its document.
CREATE OR REPLACE FUNCTION note_groups_of(code text, version integer, document json) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  d jsonb := readable_document(document);
BEGIN
  UPDATE campaign_facts f SET
    card_groups = (SELECT coalesce(array_agg(DISTINCT g #>> '{}'), '{}') FROM jsonb_path_query(d, 'lax $.offers[*].rule.conditions') c,
      unnest(ARRAY['binGroups', 'cardBlacklists', 'cardWhitelists']) key, jsonb_path_query(c -> key, 'lax $[*]') g),
    customer_groups = (SELECT coalesce(array_agg(DISTINCT g #>> '{}'), '{}') FROM jsonb_path_query(d, 'lax $.offers[*].rule.conditions.customerGroups[*]') g)
  WHERE f.code = note_groups_of.code AND f.version = note_groups_of.version;
END $$;

CREATE OR REPLACE FUNCTION note_campaign_groups() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM note_groups_of(NEW.code, NEW.version, NEW.document);
  RETURN NEW;
END $$;

-- By its name it comes after `note_facts`, which makes the row.
DROP TRIGGER IF EXISTS note_groups ON campaign_version;
CREATE TRIGGER note_groups AFTER INSERT OR UPDATE OF document ON campaign_version FOR EACH ROW EXECUTE FUNCTION note_campaign_groups();

-- Those from before.
SELECT note_groups_of(v.code, v.version, v.document) FROM campaign_version v;
