-- Of a share: for which sets of campaign (1), offer (2) and partner (4) it is the first of its payment with these values; bit 2^set. The arguments say
-- whether an earlier share has the same: set 1, 2, 3 and so on.
CREATE OR REPLACE FUNCTION share_firsts(c boolean, o boolean, co boolean, p boolean, cp boolean, op boolean, cop boolean) RETURNS smallint
LANGUAGE sql IMMUTABLE AS $$
  SELECT ((NOT coalesce(c, false))::integer * 2 + (NOT coalesce(o, false))::integer * 4 + (NOT coalesce(co, false))::integer * 8
    + (NOT coalesce(p, false))::integer * 16 + (NOT coalesce(cp, false))::integer * 32 + (NOT coalesce(op, false))::integer * 64
    + (NOT coalesce(cop, false))::integer * 128)::smallint
$$;
