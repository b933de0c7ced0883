ALTER TABLE partner
  ADD COLUMN kind text NOT NULL DEFAULT 'bank' CONSTRAINT partner_kind
    CHECK (kind IN ('bank', 'platform', 'card_scheme', 'government', 'merchant', 'own_institution')),
  ADD COLUMN payment_mode text NOT NULL DEFAULT 'prepay' CONSTRAINT partner_payment_mode CHECK (payment_mode IN ('prepay', 'postpay')),
  ADD COLUMN status text NOT NULL DEFAULT 'active' CONSTRAINT partner_status CHECK (status IN ('active', 'suspended', 'closed')),
  -- sealed (libs/platform/privacy): people's names and numbers
  ADD COLUMN contacts bytea,
  -- bank and last four digits in clear, holder and number sealed
  ADD COLUMN deposit_account jsonb,
  ADD COLUMN payout_account jsonb,
  -- grows when an account changes: a withdrawal that was shown another account is refused
  ADD COLUMN accounts_version integer NOT NULL DEFAULT 0,
  -- receipts − withdrawals, moved in the transaction that posts them; the limit of the counter @funds/… is this + credit_line_fen
  ADD COLUMN funded_fen bigint NOT NULL DEFAULT 0 CONSTRAINT partner_funded CHECK (funded_fen >= 0),
  ADD COLUMN warn_below_fen bigint,
  ADD COLUMN warn_below_ppm integer;

-- A transfer of the bank is booked once, whoever enters it and for whom.
CREATE UNIQUE INDEX proposal_bank_reference ON proposal ((body ->> 'bankReference'))
  WHERE kind IN ('receipt', 'collection', 'transfer') AND state IN ('proposed', 'approved');

WITH old AS (
  SELECT t.*, CASE WHEN row_number() OVER (PARTITION BY reference ORDER BY entered_at, partner) = 1 THEN reference
    ELSE reference || '~' || partner END AS bank_reference
  FROM top_up t
), made AS (
  INSERT INTO proposal (kind, subject, body, hash, version, state, maker, made_at, checker, checked_at, reason)
  SELECT 'receipt', partner,
    jsonb_build_object('amount', amount_fen, 'valueDate', (entered_at AT TIME ZONE 'Asia/Shanghai')::date, 'bankReference', bank_reference, 'evidence', '-'),
    encode(sha256(convert_to(bank_reference, 'UTF8')), 'hex'), 2, 'approved', entered_by, entered_at, '@migration-0006', now(),
    'booked by one person, before two were needed'
  FROM old
  RETURNING id, subject, body
)
INSERT INTO journal (business_date, event, client, serial, detail, accounts, amounts_fen)
SELECT open_business_day('Asia/Shanghai', interval '24 hours'), 'top_up', '@receipt', id::text, body || jsonb_build_object('partner', subject),
  ARRAY['bank/own', 'prepaid/' || subject], ARRAY[(body ->> 'amount')::bigint, -(body ->> 'amount')::bigint]
FROM made;

UPDATE partner p SET funded_fen = (SELECT coalesce(sum(amount_fen), 0) FROM top_up t WHERE t.partner = p.code);
DROP TABLE top_up;
