-- Offers of a transaction's record as a posting shows them. An offer whose funders' shares came from their balances is prepaid.
CREATE OR REPLACE FUNCTION unposted_detail(record jsonb, charges jsonb, amount_fen bigint, payable_fen bigint, created timestamptz) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object('currency', nullif(record -> 'facts' ->> 'currency', 'CNY'))) || jsonb_build_object(
    'amountFen', amount_fen, 'payableFen', payable_fen, 'discountFen', record -> 'discountFen', 'paymentMethod', coalesce(record -> 'facts' ->> 'paymentMethod', ''),
    'at', coalesce(record -> 'facts' ->> 'at', to_char(created AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
    'offers', coalesce((
      SELECT jsonb_agg(jsonb_build_object('campaign', o -> 'campaign', 'version', o -> 'version', 'code', o -> 'code', 'name', o -> 'name',
        'kind', o -> 'kind', 'delivery', o -> 'delivery', 'discountFen', o -> 'discount',
        'paymentMode', CASE WHEN EXISTS (SELECT FROM jsonb_array_elements(charges) c WHERE c ->> 'offer' = o ->> 'code' AND c ->> 'key' LIKE '@funds/%')
          THEN 'prepay' ELSE 'postpay' END,
        'funders', coalesce((SELECT jsonb_agg(jsonb_build_object('partner', f -> 'partner', 'amountFen', f -> 'amount') ORDER BY k)
          FROM jsonb_array_elements(o -> 'funders') WITH ORDINALITY AS f (f, k)), '[]')) ORDER BY n)
      FROM jsonb_array_elements(record -> 'offers') WITH ORDINALITY AS o (o, n)), '[]'))
$$;

-- Who would have cleared it; other currencies than the default stand behind an @.
CREATE OR REPLACE FUNCTION unposted_clearing_system(record jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(record ->> 'clearingSystem', 'main') || coalesce('@' || nullif(record -> 'facts' ->> 'currency', 'CNY'), '')
$$;

-- Of the transactions that `apply` writes (its t_rows), those whose result posts nothing: each once, on the business date of now.
CREATE OR REPLACE FUNCTION note_unposted_results(day date, t_rows jsonb) RETURNS void LANGUAGE sql AS $$
  INSERT INTO unposted_result (business_date, event, client, serial, merchant, clearing_system, detail)
  SELECT day, CASE a.state WHEN 'cancelled' THEN 'failed' ELSE a.state END, a.client, a.serial, a.merchant, unposted_clearing_system(a.record),
    unposted_detail(a.record, a.charges, a.amount_fen, a.payable_fen, now())
  FROM jsonb_to_recordset(t_rows) AS a (client text, serial text, state text, merchant text, amount_fen bigint, payable_fen bigint, charges jsonb,
    record jsonb, dated boolean)
  WHERE a.dated AND a.state IN ('cancelled', 'unfunded')
  ON CONFLICT (client, serial, event) DO NOTHING
$$;
