-- Roll-ups of one sealed date: payments of one event, merchant, currency, method and shape become one row, their shares one row each. Each row has what
-- reports ask of it, so that none needs the other: a payment what its shares give, a share its payment.
CREATE OR REPLACE FUNCTION book_payment_days(day date) RETURNS void LANGUAGE sql
-- What comes out is small, which the planner cannot know: it would sort every share of the day.
SET work_mem = '96MB' SET jit = off SET enable_sort = off AS $$
  WITH a AS MATERIALIZED (SELECT id, event, merchant, currency, method, shape, amount_fen, fen FROM payment_amounts(day)),
  g AS MATERIALIZED (
    SELECT *, row_number() OVER (ORDER BY event, merchant COLLATE "C", currency, method COLLATE "C", shape COLLATE "C")::integer AS n
    FROM (
      SELECT event, merchant, currency, method, shape, count(*) AS payments, coalesce(sum(amount_fen), 0)::bigint AS amount_fen, min(id) AS example
      FROM a GROUP BY 1, 2, 3, 4, 5
    ) g
  ), f AS (
    SELECT event, merchant, currency, method, shape, f.part, coalesce(sum(f.fen::bigint), 0)::bigint AS fen
    FROM a CROSS JOIN LATERAL jsonb_array_elements(a.fen) WITH ORDINALITY AS f (fen, part) GROUP BY 1, 2, 3, 4, 5, 6
  ), examples AS (
    SELECT g.n, coalesce((SELECT j.detail FROM journal j WHERE j.business_date = day AND j.id = g.example),
      (SELECT u.detail FROM unposted_result u WHERE u.business_date = day AND u.id = -g.example)) -> 'offers' AS offers
    FROM g
  ), t AS (
    SELECT x.n, row_number() OVER (PARTITION BY x.n ORDER BY o.k, s.k) AS part, o.offer, s.share ->> 'partner' AS partner
    FROM examples x CROSS JOIN LATERAL jsonb_array_elements(x.offers) WITH ORDINALITY AS o (offer, k)
    CROSS JOIN LATERAL jsonb_array_elements(o.offer -> 'funders') WITH ORDINALITY AS s (share, k)
  ), s AS MATERIALIZED (
    SELECT g.n, t.part, g.event, g.merchant, g.currency, g.method, g.payments, g.amount_fen AS paid_fen,
      coalesce(t.offer ->> 'campaign', '') AS campaign, coalesce(t.offer ->> 'code', '') AS offer, coalesce(t.offer ->> 'name', '') AS offer_name,
      coalesce(t.offer ->> 'kind', '') AS kind, coalesce(t.offer ->> 'delivery', '') AS delivery, coalesce(t.offer ->> 'paymentMode', '') AS mode,
      coalesce(t.partner, '') AS partner, f.fen
    FROM g JOIN f USING (event, merchant, currency, method, shape) JOIN t USING (n, part)
  ), firsts AS (
    SELECT s.n, s.part, share_firsts(bool_or(e.campaign = s.campaign), bool_or(e.offer = s.offer), bool_or((e.campaign, e.offer) = (s.campaign, s.offer)),
      bool_or(e.partner = s.partner), bool_or((e.campaign, e.partner) = (s.campaign, s.partner)), bool_or((e.offer, e.partner) = (s.offer, s.partner)),
      bool_or((e.campaign, e.offer, e.partner) = (s.campaign, s.offer, s.partner))) AS firsts
    FROM s LEFT JOIN s e ON e.n = s.n AND e.part < s.part GROUP BY s.n, s.part
  ), shares AS (
    INSERT INTO payment_share_day (business_date, n, part, campaign, offer, offer_name, kind, delivery, payment_mode, partner, amount_fen,
      event, merchant, currency, method, payments, paid_fen, firsts)
    SELECT day, s.n, s.part, campaign, offer, offer_name, kind, delivery, mode, partner, fen, event, merchant, currency, method, payments, paid_fen, firsts
    FROM s JOIN firsts USING (n, part)
  ), gifts AS (
    SELECT n, sum(fen) FILTER (WHERE kind = 'amount' AND delivery = 'instant') AS discount, sum(fen) FILTER (WHERE kind = 'fee') AS fee_saved,
      sum(fen) FILTER (WHERE kind = 'amount' AND delivery = 'rebate') AS rebate, sum(fen) FILTER (WHERE mode = 'prepay') AS prepaid,
      sum(fen) FILTER (WHERE mode = 'postpay') AS postpaid
    FROM s GROUP BY n
  ), postings AS (
    INSERT INTO payment_posting_day (business_date, account, fen)
    SELECT day, l.account COLLATE "C", sum(l.fen)::bigint FROM journal j, unnest(j.accounts, j.amounts_fen) AS l (account, fen)
    WHERE j.business_date = day AND j.event IN ('capture', 'void', 'reversal', 'refund') AND j.client NOT LIKE '@%' GROUP BY 2
  ), merchants AS (
    INSERT INTO merchant_day (business_date, merchant, name, region)
    SELECT day, d.merchant, coalesce(m.document ->> 'name', ''), coalesce(m.document ->> 'region', '')
    FROM (SELECT DISTINCT merchant FROM g) d
    -- One document with NUL or half of a surrogate pair must not keep the date open: as `readable` of libs/platform/contracts has it.
    LEFT JOIN LATERAL (
      SELECT CASE WHEN document::text ~* '\\u(0000|d[89a-f])' THEN regexp_replace(document::text,
        '(\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2})|\\u(?:0000|d[89a-f][0-9a-f]{2})', '\1', 'gi')::json ELSE document END AS document
      FROM merchant WHERE id = d.merchant
    ) m ON true
  )
  INSERT INTO payment_day (business_date, n, event, merchant, currency, method, payments, amount_fen, discount_fen, fee_saved_fen, rebate_fen,
    prepaid_fen, postpaid_fen)
  SELECT day, n, event, merchant, currency, method, payments, amount_fen, coalesce(discount, 0), coalesce(fee_saved, 0), coalesce(rebate, 0),
    coalesce(prepaid, 0), coalesce(postpaid, 0)
  FROM g LEFT JOIN gifts USING (n)
$$;
