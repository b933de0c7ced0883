import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { payloadFailureConverterPath } from '@lijian/client'
import {
  bundleWorkflowCode,
  DefaultLogger,
  type BundleOptions,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker'

/** Encrypted histories need another failure converter inside the sandbox, hence two bundles. */
export const bundlePath = (encrypted: boolean): string =>
  join(__dirname, encrypted ? 'workflow-bundle-encrypted.js' : 'workflow-bundle.js')

const fromSources: BundleOptions['webpackConfigHook'] = (config) => ({
  ...config,
  resolve: { ...config.resolve, conditionNames: ['@lijian/source', 'node', 'require', 'default'] },
})

export function bundleWorkflows(
  encrypted: boolean,
  options: Partial<BundleOptions> = {},
): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath: require.resolve('./workflows'),
    workflowInterceptorModules: [require.resolve('./interceptors')],
    logger: new DefaultLogger('WARN'),
    ...(encrypted ? { failureConverterPath: payloadFailureConverterPath() } : {}),
    // Run from the sources (tests, development), the flows come from the sources too.
    ...(__filename.endsWith('.ts') ? { webpackConfigHook: fromSources } : {}),
    ...options,
  })
}

/** The bundle made by the package's build, else one of the sources: development needs no build step, production no compiler. */
export async function workflowBundle(encrypted: boolean): Promise<{ codePath: string }> {
  const codePath = bundlePath(encrypted)
  return existsSync(codePath) ? { codePath } : sourcesBundle(encrypted)
}

/** Made once for each state of the sources and kept: tests start many workers. */
export async function sourcesBundle(encrypted: boolean): Promise<{ codePath: string }> {
  const root = join(__dirname, '..', '..', '..')
  const folder = join(root, 'node_modules', '.cache', 'lijian-bundles')
  const codePath = join(folder, `${stateOfSources(root)}${encrypted ? '-encrypted' : ''}.js`)
  if (existsSync(codePath)) return { codePath }
  const { code } = await bundleWorkflows(encrypted)
  mkdirSync(folder, { recursive: true })
  // A second process may make the same file; nobody reads half of one.
  const draft = `${codePath}.${process.pid}`
  writeFileSync(draft, code)
  renameSync(draft, codePath)
  return { codePath }
}

/** Of everything that may go into a bundle. */
function stateOfSources(root: string): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  const add = (folder: string): void => {
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
    for (const entry of entries) {
      const path = join(folder, entry.name)
      if (entry.isDirectory() && !['node_modules', 'dist', 'histories'].includes(entry.name)) add(path)
      else if (/(?<!\.test)\.ts$/.test(entry.name)) hash.update(`${path}\n`).update(readFileSync(path))
    }
  }
  for (const place of ['libs', 'workflows', 'sdk', 'apps/worker/src']) add(join(root, place))
  return hash.digest('hex').slice(0, 16)
}
