import { manyRowsSql } from '@lijian/sheet-files/testing/many-rows'
import { withSql } from '../data/load'
import type { Bed } from '../servers'
import { MANY_TABLE } from './many-report'

export async function loadMany({ databaseUrl }: Bed, rows: number): Promise<void> {
  await withSql(databaseUrl, async (sql) => {
    await sql.query(manyRowsSql(MANY_TABLE, rows))
    await sql.query(`GRANT SELECT ON ${MANY_TABLE} TO lijian_app`)
    await sql.query(`VACUUM ANALYZE ${MANY_TABLE}`)
    await sql.query('CHECKPOINT')
  })
}
