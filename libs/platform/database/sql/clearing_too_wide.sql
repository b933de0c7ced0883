-- Refuses a file whose layout has no room for something that must not be cut.
CREATE OR REPLACE FUNCTION clearing_too_wide(value text, width integer, field text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RAISE EXCEPTION '% is % characters long and has room for % in this layout', field, length(value), width
    USING ERRCODE = 'LJ003', HINT = 'give the column more width in the layout of this clearing system';
END $$;
