-- Of each statement that changes an audited table. Arguments: kind of the subject; its key; fields that are masked; fields that are nobody's act.
-- A statement over more than 100 rows is one event with their number and hash: an import of a million rows is one act.
CREATE OR REPLACE FUNCTION audit_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  kind text := TG_ARGV[0];
  keys text[] := string_to_array(TG_ARGV[1], ',');
  masked text[] := string_to_array(TG_ARGV[2], ',');
  ignored text[] := string_to_array(TG_ARGV[3], ',');
  many CONSTANT integer := 100;
  act text := lower(TG_OP);
  who jsonb;
  changed record;
  found_rows bigint;
  digest text;
BEGIN
  IF TG_OP = 'INSERT' THEN SELECT count(*) INTO found_rows FROM new_rows;
  ELSE SELECT count(*) INTO found_rows FROM old_rows;
  END IF;
  IF found_rows = 0 THEN RETURN NULL; END IF;
  who := audit_acting();
  IF found_rows > many THEN
    IF TG_OP = 'DELETE' THEN
      SELECT encode(sha256(string_agg(h, ''::bytea ORDER BY h)), 'hex') INTO digest FROM (SELECT sha256(convert_to(r::text, 'UTF8')) AS h FROM old_rows r) hashes;
    ELSE
      SELECT encode(sha256(string_agg(h, ''::bytea ORDER BY h)), 'hex') INTO digest FROM (SELECT sha256(convert_to(r::text, 'UTF8')) AS h FROM new_rows r) hashes;
    END IF;
    PERFORM audit_write(who, TG_OP, act, kind, '*', 'done', NULL, NULL, jsonb_build_object('rows', found_rows, 'sha256', digest));
    RETURN NULL;
  END IF;
  IF TG_OP = 'INSERT' THEN
    FOR changed IN SELECT NULL::jsonb AS before, audit_image(to_json(n)) AS after FROM new_rows n LOOP
      PERFORM audit_one(who, TG_OP, kind, keys, masked, ignored, changed.before, changed.after);
    END LOOP;
  ELSIF TG_OP = 'DELETE' THEN
    FOR changed IN SELECT audit_image(to_json(o)) AS before, NULL::jsonb AS after FROM old_rows o LOOP
      PERFORM audit_one(who, TG_OP, kind, keys, masked, ignored, changed.before, changed.after);
    END LOOP;
  ELSE
    -- Both are kept in the order of the update.
    FOR changed IN
      SELECT o.image AS before, n.image AS after
      FROM (SELECT row_number() OVER () AS i, audit_image(to_json(r)) AS image FROM old_rows r) o
      JOIN (SELECT row_number() OVER () AS i, audit_image(to_json(r)) AS image FROM new_rows r) n USING (i)
      WHERE o.image - ignored IS DISTINCT FROM n.image - ignored
    LOOP
      PERFORM audit_one(who, TG_OP, kind, keys, masked, ignored, changed.before, changed.after);
    END LOOP;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION audit_one(who jsonb, op text, kind text, keys text[], masked text[], ignored text[], before jsonb, after jsonb)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  named text := (SELECT string_agg(coalesce(coalesce(after, before) ->> k, ''), '/' ORDER BY n) FROM unnest(keys) WITH ORDINALITY AS u (k, n));
BEGIN
  -- A session begins before anybody is known: it says itself whose it is.
  IF kind = 'session' THEN
    who := who || jsonb_build_object('actor', coalesce(nullif(who ->> 'actor', 'nobody'), after ->> 'person'), 'person', after ->> 'person',
      'branch', coalesce(who ->> 'branch', (SELECT p.branch FROM person p WHERE p.id = after ->> 'person')));
  END IF;
  PERFORM audit_write(who, op, CASE WHEN kind = 'session' AND op = 'INSERT' THEN 'sign_in' ELSE lower(op) END, kind, named, 'done', before, after,
    audit_diff(before - ignored, after - ignored, masked));
END $$;
REVOKE EXECUTE ON FUNCTION audit_one FROM PUBLIC;

-- A document of json may hold escapes that jsonb does not take (as merchant_columns of 0037): a change of it is no less an event.
CREATE OR REPLACE FUNCTION audit_image(image json) RETURNS jsonb LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN image::text ~* '\\u(0000|d[89a-f])' THEN regexp_replace(image::text,
      '(\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2})|\\u(?:0000|d[89a-f][0-9a-f]{2})', '\1', 'gi')::jsonb
    ELSE image::jsonb
  END
$$;
