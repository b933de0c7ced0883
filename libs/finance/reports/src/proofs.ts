import { allShares, posted, type Dates } from './payments'

/**
 * What shares of funders must have posted (docs/reference/postings.md), against what the ledger says, for each account that payments move. Whatever
 * a report is asked for, its dates are proved whole.
 */
export const ledgerProofs = (dates: Dates): string => {
  const inCurrency = (account: string) => `${account} || CASE currency WHEN 'CNY' THEN '' ELSE '@' || currency END`
  return `
    WITH given AS MATERIALIZED (
      SELECT merchant, currency, partner, kind, delivery, mode, sum(sign * fen) AS fen FROM (${allShares(dates)}) s WHERE sign <> 0 GROUP BY 1, 2, 3, 4, 5, 6
    ), expected AS (
      SELECT account, sum(fen)::bigint AS fen FROM (
        SELECT CASE mode WHEN 'prepay' THEN 'prepaid/' ELSE 'receivable/' END || partner AS account, fen FROM given WHERE partner <> '@merchant'
        UNION ALL
        SELECT CASE WHEN kind = 'fee' THEN 'fee-forgone/' || partner WHEN delivery = 'rebate' THEN ${inCurrency(`'rebates-payable'`)}
          ELSE ${inCurrency(`'merchant-discount/' || merchant`)} END, -fen FROM given WHERE partner <> '@merchant'
        UNION ALL
        SELECT CASE side WHEN 1 THEN ${inCurrency(`'merchant-discount/' || merchant`)} ELSE ${inCurrency(`'rebates-payable'`)} END, side * fen
        FROM given, (VALUES (1), (-1)) v (side) WHERE partner = '@merchant' AND kind = 'amount' AND delivery = 'rebate'
      ) e GROUP BY account
    )
    SELECT coalesce(e.account, p.account) AS what, coalesce(e.fen, 0) AS ours, coalesce(p.fen, 0) AS ledger
    FROM expected e FULL JOIN (${posted(dates)}) p ON p.account = e.account`
}
