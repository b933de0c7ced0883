import { migrate } from '@lijian/database'
import { withSql } from './load'

/**
 * A business date of `count` transactions straight into the journal, as `apply` would have left them: each with an amount offer, three in ten
 * with a fee offer too, one in fifty the refund of one before.
 */
export async function loadJournal(url: string, businessDate: string, count: number): Promise<void> {
  await withSql(url, async (sql) => {
    await sql.query(
      `INSERT INTO journal (business_date, event, client, serial, original_serial, merchant, clearing_system, detail, accounts, amounts_fen)
       SELECT $1::date, CASE WHEN back THEN 'refund' ELSE 'capture' END, 'till', CASE WHEN back THEN 'R' ELSE 'S' END || to_char($1::date, 'YYYYMMDD') || '-' || n,
         CASE WHEN back THEN 'S' || to_char($1::date, 'YYYYMMDD') || '-' || (n - 1) END, merchant, 'main',
         jsonb_build_object('amountFen', amount, 'payableFen', amount - off, 'discountFen', off, 'feeOriginalFen', fee, 'feeFinalFen', fee - saved, 'feeSavedFen', saved,
           'paymentMethod', 'qr', 'at', to_char($1::date + n * interval '80 milliseconds', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
           'offers', jsonb_build_array(jsonb_build_object('campaign', 'B' || n % 100, 'version', 3, 'code', 'B' || n % 100 || '-HOT', 'name', '建行信用卡满100减15元', 'kind', 'amount',
             'delivery', 'instant', 'paymentMode', 'postpay', 'discountFen', off, 'funders', jsonb_build_array(jsonb_build_object('partner', 'CCB', 'amountFen', off))))
           || CASE WHEN saved > 0 THEN jsonb_build_array(jsonb_build_object('campaign', 'B-FEE', 'version', 1, 'code', 'B-FEE-ALL', 'name', '手续费全免', 'kind', 'fee',
             'delivery', 'instant', 'paymentMode', 'postpay', 'discountFen', saved, 'funders', jsonb_build_array(jsonb_build_object('partner', 'CCB', 'amountFen', saved)))) ELSE '[]' END),
         CASE WHEN saved > 0 THEN ARRAY['receivable/CCB', 'merchant-discount/' || merchant, 'fee-forgone/CCB'] ELSE ARRAY['receivable/CCB', 'merchant-discount/' || merchant] END,
         CASE WHEN saved > 0 THEN ARRAY[sign * (off + saved), -sign * off, -sign * saved] ELSE ARRAY[sign * off, -sign * off] END
       FROM (SELECT n, n % 50 = 0 AS back, CASE WHEN n % 50 = 0 THEN -1 ELSE 1 END AS sign, 'M' || lpad((n % 100000)::text, 6, '0') AS merchant,
           10000 + n % 40000 AS amount, 1500 AS off, 60 + n % 200 AS fee, CASE WHEN n % 10 < 3 THEN 60 ELSE 0 END AS saved
         FROM generate_series(1, $2::bigint) n) x`,
      [businessDate, count],
    )
    await sql.query('VACUUM ANALYZE journal')
    await sql.query('CHECKPOINT')
  })
}

export const emptyDatabase = async (url: string): Promise<void> => {
  await migrate(url)
}
