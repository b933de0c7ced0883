-- A name cut to a width in bytes of an encoding, never inside a character, and filled up with spaces.
CREATE OR REPLACE FUNCTION clearing_cut(value text, width integer, encoding text, align_right boolean) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  kept text := left(value, width);
  bytes integer;
BEGIN
  LOOP
    bytes := octet_length(convert_to(kept, encoding));
    EXIT WHEN bytes <= width;
    kept := left(kept, -1);
  END LOOP;
  RETURN CASE WHEN align_right THEN repeat(' ', width - bytes) || kept ELSE kept || repeat(' ', width - bytes) END;
END $$;
