-- A value as an auditor may see it: without cards, accounts, telephones, addresses, secrets; what is long only by its hash.
CREATE OR REPLACE FUNCTION audit_shown(value jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
BEGIN
  CASE jsonb_typeof(value)
  WHEN 'object' THEN
    RETURN (SELECT coalesce(jsonb_object_agg(e.key, CASE
      WHEN e.key ~* '(secret|password|contact|phone|mobile|e-?mail|account$|account_?number|holder|sealed|token$|id_?number|identit)'
        AND jsonb_typeof(e.value) <> 'null' THEN to_jsonb('***'::text)
      ELSE audit_shown(e.value) END), '{}') FROM jsonb_each(value) e);
  WHEN 'array' THEN
    RETURN (SELECT coalesce(jsonb_agg(audit_shown(e.value) ORDER BY e.ordinality), '[]') FROM jsonb_array_elements(value) WITH ORDINALITY e);
  WHEN 'string' THEN
    RETURN to_jsonb(audit_text(value #>> '{}'));
  ELSE
    RETURN value;
  END CASE;
END $$;

CREATE OR REPLACE FUNCTION audit_text(value text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN value ~ '^[0-9a-f]{64}$' THEN value
    WHEN length(value) > 500 THEN 'sha256:' || encode(sha256(convert_to(value, 'UTF8')), 'hex')
    ELSE regexp_replace(regexp_replace(regexp_replace(value,
      '[0-9](?:[ -]?[0-9]){12,18}', '***', 'g'),
      '(?<![0-9])1[3-9][0-9]{9}(?![0-9])', '***', 'g'),
      '[^@\s]+@[^@\s]+\.[A-Za-z]{2,}', '***', 'g')
  END
$$;

-- Field by field what differs, documents one level deep. Of what is new or gone all that is there.
CREATE OR REPLACE FUNCTION audit_diff(before jsonb, after jsonb, masked text[], prefix text DEFAULT '') RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
DECLARE
  field record;
  diff jsonb := '{}';
  sides jsonb;
BEGIN
  FOR field IN
    SELECT key, coalesce(b.value, 'null') AS b, coalesce(a.value, 'null') AS a
    FROM jsonb_each(coalesce(before, '{}')) b FULL JOIN jsonb_each(coalesce(after, '{}')) a USING (key)
    WHERE coalesce(b.value, 'null') IS DISTINCT FROM coalesce(a.value, 'null')
  LOOP
    IF prefix = '' AND jsonb_typeof(field.b) = 'object' AND jsonb_typeof(field.a) = 'object' AND field.key <> ALL (masked) THEN
      diff := diff || audit_diff(field.b, field.a, masked, field.key || '.');
      CONTINUE;
    END IF;
    sides := jsonb_build_object('before', field.b, 'after', field.a);
    IF before IS NULL THEN sides := sides - 'before'; END IF;
    IF after IS NULL THEN sides := sides - 'after'; END IF;
    diff := diff || jsonb_build_object(prefix || field.key, (
      SELECT jsonb_object_agg(s.key, CASE
        WHEN s.value = 'null' THEN s.value
        WHEN field.key = ANY (masked) THEN to_jsonb('***'::text)
        WHEN length(s.value::text) > 8000 THEN jsonb_build_object('sha256', encode(sha256(convert_to(s.value::text, 'UTF8')), 'hex'), 'characters', length(s.value::text))
        ELSE audit_shown(jsonb_build_object(field.key, s.value)) -> field.key END)
      FROM jsonb_each(sides) s));
  END LOOP;
  RETURN diff;
END $$;
