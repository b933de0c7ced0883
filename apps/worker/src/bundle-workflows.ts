import { writeFile } from 'node:fs/promises'
import { bundlePath, bundleWorkflows } from './bundle'

/** Last step of the package's build. */
async function main(): Promise<void> {
  for (const encrypted of [false, true]) {
    const { code } = await bundleWorkflows(encrypted)
    await writeFile(bundlePath(encrypted), code)
  }
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
