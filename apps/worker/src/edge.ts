import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { BinTable, Edge, KeyList, type NamedKey, parseBinRows } from '@lijian/privacy'

/** The same edge as the HTTP door's, with the BIN table that comes with libs/platform/privacy. */
export async function loadEdge(tokenKeys: readonly NamedKey[]): Promise<Edge> {
  const file = join(dirname(require.resolve('@lijian/privacy/package.json')), 'data', 'cn_bin_merged.csv')
  return new Edge(new KeyList(tokenKeys, Date.now), new BinTable(parseBinRows(await readFile(file, 'utf8'))))
}
