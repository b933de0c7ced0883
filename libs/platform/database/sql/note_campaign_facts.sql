-- A document as PostgreSQL can read it: escapes that it cannot hold are left out (readable() of libs/platform/contracts).
CREATE OR REPLACE FUNCTION readable_document(document json) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN document::text ~* '\\u(0000|d[89a-f])'
    THEN regexp_replace(document::text, '(\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2})|\\u(?:0000|d[89a-f][0-9a-f]{2})', '\1', 'gi')::jsonb
    ELSE document::jsonb END
$$;

CREATE OR REPLACE FUNCTION note_facts_of(code text, version integer, document json) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  d jsonb := readable_document(document);
BEGIN
  INSERT INTO campaign_facts (code, version, name, time_zone, from_date, to_date, partners, merchants, merchant_groups, any_merchant, offers)
  SELECT note_facts_of.code, note_facts_of.version, d ->> 'name', d ->> 'timeZone', d ->> 'from', d ->> 'to',
    (SELECT coalesce(array_agg(DISTINCT p #>> '{}'), '{}') FROM (
       SELECT jsonb_path_query(d, 'lax $.funders[*].partner') UNION ALL SELECT jsonb_path_query(d, 'lax $.offers[*].funders[*].partner')) funder (p)),
    (SELECT coalesce(array_agg(DISTINCT m #>> '{}'), '{}') FROM jsonb_path_query(d, 'lax $.offers[*].merchants[*]') m),
    (SELECT coalesce(array_agg(DISTINCT g #>> '{}'), '{}') FROM jsonb_path_query(d, 'lax $.offers[*].merchantGroups[*]') g),
    (SELECT coalesce(bool_or(NOT o ?| '{merchants,subMerchants,merchantGroups}'), false) FROM jsonb_path_query(d, 'lax $.offers[*]') o
     WHERE jsonb_typeof(o) = 'object'),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('code', o ->> 'code', 'name', o ->> 'name', 'kind', o ->> 'kind', 'hash', md5(o::text)) ORDER BY n), '[]')
     FROM jsonb_path_query(d, 'lax $.offers[*]') WITH ORDINALITY AS offer (o, n) WHERE jsonb_typeof(o) = 'object')
  ON CONFLICT ON CONSTRAINT campaign_facts_pkey DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone, from_date = excluded.from_date,
    to_date = excluded.to_date, partners = excluded.partners, merchants = excluded.merchants, merchant_groups = excluded.merchant_groups,
    any_merchant = excluded.any_merchant, offers = excluded.offers;
END $$;

-- Every way in which a version comes to be meets this: lists never miss one.
CREATE OR REPLACE FUNCTION note_campaign_facts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM note_facts_of(NEW.code, NEW.version, NEW.document);
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS note_facts ON campaign_version;
CREATE TRIGGER note_facts AFTER INSERT OR UPDATE OF document ON campaign_version FOR EACH ROW EXECUTE FUNCTION note_campaign_facts();

-- Those from before.
SELECT note_facts_of(v.code, v.version, v.document) FROM campaign_version v
WHERE NOT EXISTS (SELECT FROM campaign_facts f WHERE f.code = v.code AND f.version = v.version);
