import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { BinTable, Edge, KeyList, type NamedKey, parseBinRows, Sealer } from '@lijian/privacy'

/** Opens what is stored sealed. */
export const sealerOf = ({ accountKeys }: { accountKeys: readonly NamedKey[] }): Sealer =>
  new Sealer(new KeyList(accountKeys, Date.now), () => randomBytes(12))

/** The same edge as the HTTP door's, with the BIN table that comes with libs/platform/privacy. */
export async function loadEdge(tokenKeys: readonly NamedKey[]): Promise<Edge> {
  const file = join(dirname(require.resolve('@lijian/privacy/package.json')), 'data', 'cn_bin_merged.csv')
  return new Edge(new KeyList(tokenKeys, Date.now), new BinTable(parseBinRows(await readFile(file, 'utf8'))))
}
