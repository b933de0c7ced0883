import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BinTable, parseBinRows } from '@lijian/privacy'

/** The BIN table that comes with the privacy package (its source and licences: data/README.md there). */
export function loadBinTable(): BinTable {
  const folder = dirname(require.resolve('@lijian/privacy/package.json'))
  return new BinTable(parseBinRows(readFileSync(join(folder, 'data', 'cn_bin_merged.csv'), 'utf8')))
}
