import type { Stack } from '../core/stack'
import { withProgress } from '../core/wait'
import { onPath, outputOf, run } from './run'

export interface Chromium {
  file: string
  origin: string
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
/** Debian's browser, and a font in which Chinese is more than boxes (1.6 MB). */
const DEBIAN = ['chromium', 'fonts-wqy-microhei']

/**
 * `named` (LIJIAN_CHROMIUM), then PATH, then Debian's package, which is installed where this process may (as in a container of CI).
 * Throws Error that says what to do.
 */
export async function findChromium(stack: Stack, named?: string): Promise<Chromium> {
  const found = async () => {
    const files = named ? [named] : NAMES.flatMap((name) => onPath(name, stack.env['PATH']))
    for (const file of files) {
      const version = await outputOf(file, '--version')
      if (version !== undefined) return { file, origin: `${version.split('\n').at(-1)!.trim()} (${file})` }
    }
    return undefined
  }
  const before = await found()
  if (before !== undefined) return before
  if (named) throw new Error(`LIJIAN_CHROMIUM ${named} does not run here`)
  try {
    const env = { ...stack.env, DEBIAN_FRONTEND: 'noninteractive' }
    const install = () =>
      run({ file: 'apt-get', args: ['-qq', '-y', '--no-install-recommends', 'install', ...DEBIAN] }, env)
    // The lists of packages may be of today already, or not be there.
    const apt = () =>
      install().catch(async () => {
        await run({ file: 'apt-get', args: ['-qq', 'update'] }, env).catch(() => undefined)
        return install()
      })
    await withProgress(stack.say, 'installing Chromium for the tests of the console', apt())
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n').slice(0, 2).join(' ') : String(error)
    throw new Error(
      `no Chromium on PATH, and apt-get could not install one (${why}): install it, or name one in LIJIAN_CHROMIUM`,
      { cause: error },
    )
  }
  const after = await found()
  if (after === undefined) throw new Error('the Chromium that apt-get installed does not run here')
  return after
}
