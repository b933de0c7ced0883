import { join } from 'node:path'

/** The bundle that the worker makes of its sources; the worker itself, started from its sources, finds the same file. */
export async function houseBundle(): Promise<string> {
  const file = join(__dirname, '..', '..', '..', '..', 'apps', 'worker', 'src', 'bundle.ts')
  // By path: the worker's own tests stand on this package.
  const { sourcesBundle } = require(file) as { sourcesBundle(encrypted: boolean): Promise<{ codePath: string }> }
  return (await sourcesBundle(false)).codePath
}
