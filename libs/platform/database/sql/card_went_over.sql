-- A card is over its threshold at a merchant and paid with this method: a card more for the case that is open, or, once there are `cardsOver` of them in the
-- month, a new case. With it the method is stopped, in the statement of the payment that went over: the next one is refused (DESIGN §5).
-- Once per card, method and period, however often the card pays: what was explained is explained.
CREATE OR REPLACE FUNCTION card_went_over(of_merchant text, of_method text, of_period text, of_card text, rule jsonb)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  open_case bigint;
  waiting integer;
BEGIN
  INSERT INTO card_over (merchant, method, period, card_token) VALUES (of_merchant, of_method, of_period, of_card) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN; END IF;

  -- One at a time per merchant and method, so that the last card that is needed sees all others.
  PERFORM pg_advisory_xact_lock(7210, hashtext(of_merchant || '/' || of_method));
  SELECT id INTO open_case FROM card_usage_case WHERE merchant = of_merchant AND method = of_method AND state <> 'reopened' FOR UPDATE;

  IF open_case IS NULL THEN
    SELECT count(DISTINCT card_token) INTO waiting FROM card_over
    WHERE merchant = of_merchant AND method = of_method AND left(period, 7) = left(of_period, 7) AND case_id IS NULL;
    IF waiting < (rule ->> 'cardsOver')::integer THEN RETURN; END IF;
    INSERT INTO card_usage_case (merchant, method, parents, state, period, threshold, scheme, cards, remind_hours, history)
    VALUES (of_merchant, of_method, ARRAY(SELECT jsonb_array_elements_text(rule -> 'parents')), 'waiting_explanation', of_period,
      (rule ->> 'threshold')::integer, rule ->> 'scheme', 0, (rule ->> 'remindHours')::integer,
      jsonb_build_array(jsonb_build_object('at', now(), 'what', 'opened', 'by', '@card-usage')))
    RETURNING id INTO open_case;
    INSERT INTO suspension (ref, suspended_by) VALUES ('@route/merchant-method/' || of_merchant || '/' || of_method, '@card-usage')
    ON CONFLICT (ref) DO UPDATE SET resume_requested_by = NULL;
  END IF;

  UPDATE card_over SET case_id = open_case
  WHERE merchant = of_merchant AND method = of_method AND left(period, 7) = left(of_period, 7) AND case_id IS NULL;
  UPDATE card_usage_case SET version = version + (cards > 0)::integer,
    cards = (SELECT count(DISTINCT card_token) FROM card_over WHERE case_id = open_case)
  WHERE id = open_case;
  PERFORM tell_card_usage_case(open_case);
END $$;
