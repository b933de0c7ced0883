-- From now on changes of this table are events. A table of payments is none for it: each statement pays for it.
CREATE OR REPLACE FUNCTION audit_table(of_table text, kind text, keys text, masked text DEFAULT '', ignored text DEFAULT '', ops text DEFAULT 'INSERT UPDATE DELETE')
RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  op text;
  seen text;
  told bytea := convert_to(kind, 'UTF8') || '\x00' || convert_to(keys, 'UTF8') || '\x00' || convert_to(masked, 'UTF8') || '\x00'
    || convert_to(ignored, 'UTF8') || '\x00';
BEGIN
  -- Of another release, or not there yet.
  IF to_regclass(of_table) IS NULL THEN RETURN; END IF;
  FOREACH op IN ARRAY string_to_array(ops, ' ') LOOP
    -- A trigger is a lock on its table, so one that stands stays.
    CONTINUE WHEN EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = to_regclass(of_table) AND t.tgname = 'audited_' || lower(op) AND t.tgargs = told);
    seen := CASE op WHEN 'INSERT' THEN 'NEW TABLE AS new_rows' WHEN 'DELETE' THEN 'OLD TABLE AS old_rows' ELSE 'OLD TABLE AS old_rows NEW TABLE AS new_rows' END;
    EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER %s ON %I REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION audit_changed(%L, %L, %L, %L)',
      'audited_' || lower(op), op, of_table, seen, kind, keys, masked, ignored);
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION audit_table FROM PUBLIC;
