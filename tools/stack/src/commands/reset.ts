import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { dataDirOf } from '../core/places'
import { isSupervised, leftOver, readRun } from '../core/run-file'
import { print } from './print'

/** Only what the stack itself made: the directory may be one that holds other things too. */
const ours = [
  'postgres',
  'temporal',
  'temporal-cluster',
  'logs',
  'keys.json',
  'persons.json',
  'secrets.json',
  'run.json',
]

export async function reset({ yes }: { yes?: boolean }): Promise<void> {
  const dataDir = dataDirOf()
  const run = readRun(dataDir)
  if (isSupervised(run) || leftOver(run).length > 0) throw new Error('the stack is running: ./lijian down first')
  const locks = existsSync(dataDir) ? readdirSync(dataDir).filter((name) => name.startsWith('up.lock.')) : []
  const present = ours.filter((name) => existsSync(join(dataDir, name)))
  if (present.length === 0) return print.line(`there is nothing in ${dataDir}`)
  if (!yes && !(await confirmed(`Remove ${present.join(', ')} in ${dataDir}? All data is lost. [y/N] `))) {
    print.line('nothing was removed')
    process.exitCode = 1
    return
  }
  for (const name of [...present, ...locks]) rmSync(join(dataDir, name), { recursive: true, force: true })
  if (readdirSync(dataDir).length === 0) rmdirSync(dataDir)
  print.line(`removed ${present.join(', ')}`)
}

async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Error('reset asks before it removes data; without a terminal say --yes')
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(question)
  terminal.close()
  return /^y(es)?$/i.test(answer.trim())
}
