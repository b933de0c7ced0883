import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { migrate } from '@lijian/database'
import { startPostgres } from '@lijian/stack'
import { databasePages } from './database-pages'
import { PLAIN } from './plain-pages'
import { ROOT } from './root'

/** Node's options for the threads of programs that run from their sources. */
const SOURCE_EXEC_ARGV = ['--conditions=@lijian/source', '-r', join(ROOT, 'tools', 'testing', 'register-source.cjs')]

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(ROOT, path)), { recursive: true })
  await writeFile(join(ROOT, path), text)
  process.stdout.write(`${path}\n`)
}

/** `npm run docs`: writes every page of docs that is made from code. */
async function main(): Promise<void> {
  for (const [path, make] of Object.entries(PLAIN)) await write(path, make())
  const dataDir = await mkdtemp(join(tmpdir(), 'lijian-docs-'))
  const postgres = await startPostgres({ dataDir })
  try {
    await migrate(postgres.url)
    const pages = await databasePages(postgres.url, SOURCE_EXEC_ARGV)
    for (const [path, text] of Object.entries(pages)) await write(path, text)
  } finally {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

if (require.main === module)
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      process.exit(1)
    },
  )
