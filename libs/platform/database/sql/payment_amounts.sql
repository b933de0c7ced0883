-- Events of payments of one date, from the journal and from results that posted nothing (their ids below 0). Payments of one `shape` have the same offers,
-- borne by the same funders, and can be added up; `fen`: what each funder bears, in the order in which they stand there.
CREATE OR REPLACE FUNCTION payment_amounts(day date)
RETURNS TABLE (id bigint, event text, merchant text, currency text, method text, shape text, amount_fen bigint, fen jsonb) LANGUAGE sql STABLE AS $$
  SELECT e.id, e.event, coalesce(e.merchant, ''), coalesce(nullif(split_part(e.clearing_system, '@', 2), ''), 'CNY'), coalesce(e.detail ->> 'paymentMethod', ''),
    coalesce((
      SELECT string_agg(concat(o -> 'campaign', o -> 'code', o -> 'name', o -> 'kind', o -> 'delivery', o -> 'paymentMode',
        jsonb_path_query_array(o, '$.funders[*].partner')), '') FROM jsonb_array_elements(e.offers) o), ''),
    (e.detail ->> 'amountFen')::bigint, jsonb_path_query_array(e.offers, '$[*].funders[*].amountFen')
  FROM (
    SELECT j.id, j.event, j.merchant, j.clearing_system, j.detail, j.detail -> 'offers' AS offers FROM journal j
    WHERE j.business_date = day AND j.event IN ('capture', 'void', 'reversal', 'refund') AND j.client NOT LIKE '@%'
    UNION ALL
    SELECT -u.id, u.event, u.merchant, u.clearing_system, u.detail, u.detail -> 'offers' FROM unposted_result u WHERE u.business_date = day
  ) e
$$;
