-- What is no change of a row: sign-ins, refusals, reads. Notes say themselves who acted, for they may be written behind.
CREATE OR REPLACE FUNCTION audit_note(notes jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  note jsonb;
  who jsonb;
BEGIN
  FOR note IN SELECT * FROM jsonb_array_elements(notes) LOOP
    IF note ->> 'act' NOT IN ('sign_in', 'refusal', 'read') THEN
      RAISE EXCEPTION 'changes are noted where they happen' USING ERRCODE = 'insufficient_privilege';
    END IF;
    who := note -> 'who';
    IF note ? 'login' THEN
      who := who || coalesce((SELECT jsonb_build_object('person', p.id, 'branch', p.branch) FROM person p WHERE p.login = note ->> 'login'), '{}');
    END IF;
    PERFORM audit_write(who, 'note', note ->> 'act', note ->> 'subjectKind', note ->> 'subject', note ->> 'result', NULL, NULL,
      audit_shown(note -> 'about'));
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION audit_note FROM PUBLIC;
DO $$ BEGIN
  GRANT EXECUTE ON FUNCTION audit_note TO lijian_app;
EXCEPTION WHEN undefined_object THEN NULL;
END $$;
