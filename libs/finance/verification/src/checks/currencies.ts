import { readable } from '@lijian/contracts/text'
import { scanOf, type Scan } from '../check'

/** The currency that a key of a book carries (`inCurrency` of contracts). */
const ofKey = (key: string) => `coalesce(nullif(split_part(${key}, '@', 2), ''), 'CNY')`
const PARTNERS_OWN = `ARRAY['prepaid/', 'receivable/', 'fee-forgone/']`

/** Nearly every entry is wholly in CNY, and is passed over by what its names say. */
const NAMES_ANOTHER = `array_to_string(j.accounts, ' ') LIKE '%@%' OR j.detail ? 'currency' OR j.clearing_system LIKE '%@%' OR j.accounts && (
  SELECT coalesce(array_agg(k || p.code), '{}') FROM partner p, unnest(${PARTNERS_OWN}) k WHERE p.currency <> 'CNY')`

export const currencyChecks: readonly Scan[] = [
  {
    names: ['an entry is of one currency'],
    looksAt: 'postings',
    sql: `SELECT j.business_date::text, j.id, j.client, j.serial, j.event, m.currencies
      FROM journal j CROSS JOIN LATERAL (
        SELECT array_agg(DISTINCT c.currency ORDER BY c.currency) AS currencies FROM (
          SELECT CASE WHEN split_part(a, '/', 1) || '/' = ANY (${PARTNERS_OWN})
            THEN coalesce((SELECT p.currency FROM partner p WHERE p.code = split_part(a, '/', 2)), 'CNY') ELSE ${ofKey('a')} END
          FROM unnest(j.accounts) a
          UNION ALL SELECT ${ofKey('j.clearing_system')} WHERE j.clearing_system IS NOT NULL
          UNION ALL SELECT coalesce(j.detail ->> 'currency', 'CNY') WHERE j.detail ? 'offers'
        ) c (currency)) m
      WHERE j.business_date >= SINCE AND (${NAMES_ANOTHER}) AND cardinality(m.currencies) > 1`,
  },
  scanOf(
    'postings',
    't.client, t.serial, j.event, t.currency',
    `(SELECT client, serial, coalesce(record -> 'facts' ->> 'currency', 'CNY') AS currency FROM marketing_transaction) t
      JOIN (SELECT * FROM journal WHERE business_date >= SINCE AND client NOT LIKE '@%') j
        ON j.client = t.client AND coalesce(j.original_serial, j.serial) = t.serial`,
    { 'a payment is posted in its currency': `coalesce(j.detail ->> 'currency', 'CNY') <> t.currency` },
  ),
  {
    names: ['a live campaign and its funders are of one currency'],
    looksAt: 'partners',
    sql: `SELECT v.code AS campaign, coalesce(v.document ->> 'currency', 'CNY') AS currency, f.partner, coalesce(p.currency, 'CNY') AS of_partner
      FROM campaign c JOIN (SELECT code, version, ${readable('document')} AS document FROM campaign_version) v
        ON v.code = c.code AND v.version = c.live_version
      CROSS JOIN LATERAL (
        SELECT f ->> 'partner' AS partner FROM json_array_elements(v.document -> 'funders') f
        UNION SELECT f ->> 'partner' FROM json_array_elements(v.document -> 'offers') o, json_array_elements(coalesce(o -> 'funders', '[]')) f
      ) f LEFT JOIN partner p ON p.code = f.partner
      WHERE f.partner <> '@merchant' AND coalesce(p.currency, 'CNY') <> coalesce(v.document ->> 'currency', 'CNY')`,
  },
]
