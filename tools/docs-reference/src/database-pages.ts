import { apiPage } from './pages/api'
import { metricsPage } from './pages/metrics'
import { schemaPage } from './pages/schema'
import { served } from './served'

/** Pages made from a migrated database, and from the api over it. */
export async function databasePages(databaseUrl: string, threadExecArgv: string[]): Promise<Record<string, string>> {
  const { openapi, metrics } = await served(databaseUrl, threadExecArgv)
  return {
    'docs/reference/schema.md': await schemaPage(databaseUrl),
    'docs/reference/api.md': apiPage(openapi),
    'docs/reference/metrics.md': metricsPage(metrics),
  }
}
