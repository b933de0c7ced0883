-- A name filled up with spaces to a width in bytes of an encoding; a longer one is cut, never inside a character.
CREATE OR REPLACE FUNCTION clearing_cut(value text, width integer, encoding text, align_right boolean) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  kept text := value;
  room integer := width - octet_length(convert_to(value, encoding));
BEGIN
  IF room < 0 THEN
    kept := left(value, width);
    LOOP
      room := width - octet_length(convert_to(kept, encoding));
      EXIT WHEN room >= 0;
      kept := left(kept, -1);
    END LOOP;
  END IF;
  IF align_right THEN RETURN repeat(' ', room) || kept; END IF;
  RETURN kept || repeat(' ', room);
END $$;
