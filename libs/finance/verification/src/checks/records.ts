import { RECORD_COLUMNS, shapeFault, type RecordTable } from '@lijian/database'
import { CHANGED_SINCE, type ReadScan } from '../check'

/** Rows in memory at once. */
const PAGE = 1000

/** PostgreSQL does not know the shapes, so every row is read here. Neighbours in the index are read together, and nothing is sorted. */
export const recordChecks: readonly ReadScan[] = [
  {
    names: ['stored records have the shape of their version'],
    looksAt: 'records',
    async read(query, most) {
      const wrong: Record<string, unknown>[] = []
      for (const [table, columns] of Object.entries(RECORD_COLUMNS) as [RecordTable, string][]) {
        let after: unknown[] | undefined = ['', '']
        while (after !== undefined) {
          const rows: Record<string, unknown>[] = await query(
            `SELECT client, serial, ${columns} FROM ${table} t WHERE (client, serial) > ($1, $2) AND ${CHANGED_SINCE}
             ORDER BY client, serial LIMIT ${PAGE}`,
            after,
          )
          for (const row of rows) {
            const fault = shapeFault(table, row)
            if (fault !== undefined) wrong.push({ table, client: row['client'], serial: row['serial'], fault })
            if (wrong.length === most) return wrong
          }
          const last = rows.at(-1)
          after = last === undefined || rows.length < PAGE ? undefined : [last['client'], last['serial']]
        }
      }
      return wrong
    },
  },
]
