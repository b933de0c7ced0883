-- A proposal is decided once. Until then its contents may change, never what it is about or who made it.
CREATE OR REPLACE FUNCTION keep_decided_proposal() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'proposed' AND NOT is_owner(TG_RELID) THEN
      RAISE EXCEPTION 'a proposal begins as one' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.state <> 'proposed' THEN
    RAISE EXCEPTION 'proposal % is decided: nobody changes it', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  IF (NEW.id, NEW.kind, NEW.subject, NEW.maker, NEW.maker_person, NEW.made_at) IS DISTINCT FROM
     (OLD.id, OLD.kind, OLD.subject, OLD.maker, OLD.maker_person, OLD.made_at) THEN
    RAISE EXCEPTION 'proposal % stays what it is about, and its maker''s', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- What is decided is what was shown.
  IF NEW.state <> 'proposed' AND (NEW.body, NEW.hash, NEW.before, NEW.amount_fen) IS DISTINCT FROM (OLD.body, OLD.hash, OLD.before, OLD.amount_fen) THEN
    RAISE EXCEPTION 'proposal % is decided as it stands', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- Approved is what so many others have approved under this hash, at this moment: what goes by the approval is in its transaction.
  IF NEW.state = 'approved' AND NOT is_owner(TG_RELID) AND (NEW.checked_at IS DISTINCT FROM now() OR NEW.needs < OLD.needs OR NEW.needs > (
    SELECT count(*) FROM proposal_decision d WHERE d.proposal = NEW.id AND d.hash = NEW.hash AND d.decision = 'approved'
      AND d.person NOT IN (NEW.maker, coalesce(NEW.maker_person, '')))) THEN
    RAISE EXCEPTION 'proposal % is approved by fewer people than it needs', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

-- Somebody may think again, as long as the proposal is open.
CREATE OR REPLACE FUNCTION keep_decision() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM proposal p WHERE p.id = OLD.proposal AND p.state <> 'proposed') THEN
    RAISE EXCEPTION 'proposal % is decided: nobody changes what was said about it', OLD.proposal USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;

-- Whoever migrates could switch the trigger off, too; the audit tells.
CREATE OR REPLACE FUNCTION is_owner(of_table oid) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT pg_has_role(session_user, c.relowner, 'member') FROM pg_class c WHERE c.oid = of_table
$$;

-- A version is approved once, as its maker has written it; another text is another version.
CREATE OR REPLACE FUNCTION keep_campaign_version() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF is_owner(TG_RELID) THEN RETURN coalesce(NEW, OLD); END IF;
  IF TG_OP = 'DELETE' OR OLD.state <> 'not_approved'
    OR (NEW.code, NEW.version, NEW.document::text, NEW.maker, NEW.created_at) IS DISTINCT FROM (OLD.code, OLD.version, OLD.document::text, OLD.maker, OLD.created_at) THEN
    RAISE EXCEPTION 'version % of campaign % stays as it is: store another one', OLD.version, OLD.code USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

-- A key gets no other rights, secret or client; it is revoked for good.
CREATE OR REPLACE FUNCTION keep_api_key() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF is_owner(TG_RELID) THEN RETURN coalesce(NEW, OLD); END IF;
  IF TG_OP = 'DELETE' OR (NEW.id, NEW.client, NEW.hash, NEW.scopes, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.client, OLD.hash, OLD.scopes, OLD.created_at)
    OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at)
    OR (OLD.person IS NOT NULL AND NEW.person IS DISTINCT FROM OLD.person) THEN
    RAISE EXCEPTION 'key % keeps its rights: make another, revoke this one', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
