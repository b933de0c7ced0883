import { existsSync } from 'node:fs'
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
    logger: new DefaultLogger('WARN'),
    ...(encrypted ? { failureConverterPath: payloadFailureConverterPath() } : {}),
    // Run from the sources (tests, development), the flows come from the sources too.
    ...(__filename.endsWith('.ts') ? { webpackConfigHook: fromSources } : {}),
    ...options,
  })
}

/** The bundle made by the package's build, else one made now: development needs no build step, production no compiler. */
export async function workflowBundle(encrypted: boolean): Promise<{ codePath: string } | { code: string }> {
  const codePath = bundlePath(encrypted)
  return existsSync(codePath) ? { codePath } : bundleWorkflows(encrypted)
}
