import { LijianError } from '@lijian/contracts/system'
import type { CardUsageList, CardUsageQuery } from '@lijian/contracts/routing'
import type { Pool } from 'pg'

/** Cards of a merchant, or under a parent, in one period, most payments first. `today`: a date of the routing document's time zone. */
export async function cardsByUsage(
  pool: Pick<Pool, 'query'>,
  { merchant, parent, month, day, min, limit }: CardUsageQuery,
  today: string,
): Promise<CardUsageList> {
  const of = merchant === undefined ? 'parent' : 'merchant'
  const code = merchant ?? parent
  if (code === undefined) throw new LijianError('invalid_request', 'expected either "merchant" or "parent"')
  const period = day ?? month ?? today.slice(0, 7)
  const { rows } = await pool.query<{ cardToken: string; count: number }>(
    `SELECT card_token AS "cardToken", count FROM card_usage
     WHERE kind = $1 AND holder = $2 AND period = $3 AND count >= $4 ORDER BY count DESC, card_token LIMIT $5`,
    [of, code, period, min, limit],
  )
  return { of, code, period, cards: rows }
}
