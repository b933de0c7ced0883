-- Tells the flow of a case how the case stands, in the transaction of the change (libs/platform/contracts, FlowEvent; the body is CardCaseSnapshot of
-- workflows/routing/card-usage-case). No card in it, only how many.
CREATE OR REPLACE FUNCTION tell_card_usage_case(of_case bigint) RETURNS void LANGUAGE sql AS $$
  INSERT INTO outbox (lane, client, serial, workflow_id, workflow_type, snapshot, ready_at)
  SELECT (c.id % 64)::smallint, '@card-usage', c.id::text, 'card-usage/' || c.merchant || '/' || c.method || '/' || c.id, 'cardUsageCase',
    jsonb_build_object(
      'version', c.version,
      'start', jsonb_build_array(jsonb_build_object('id', c.id, 'merchant', c.merchant, 'method', c.method)),
      'summary', c.merchant || ' · ' || c.method || ' · cards over ' || c.threshold || ' payments in ' || c.period,
      'attributes', jsonb_build_array(
        jsonb_build_object('name', 'LijianState', 'type', 'KEYWORD', 'value', c.state),
        jsonb_build_object('name', 'LijianMerchant', 'type', 'KEYWORD', 'value', c.merchant)),
      'body', jsonb_build_object(
        'id', c.id, 'version', c.version, 'merchant', c.merchant, 'method', c.method, 'parents', to_jsonb(c.parents), 'state', c.state,
        'period', c.period, 'threshold', c.threshold, 'cards', c.cards, 'remindHours', c.remind_hours,
        'submitter', c.explanation ->> 'by', 'reason', c.decision ->> 'reason',
        'returned', (SELECT count(*) FROM jsonb_array_elements(c.history) h WHERE h ->> 'what' = 'returned'), 'openedAt', to_char(c.opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))),
    now()
  FROM card_usage_case c WHERE c.id = of_case
$$;
