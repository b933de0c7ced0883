import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { figure } from './table'

/** Where and with what: figures of two machines are never compared, ratios may be. */
export function machine(versions: Readonly<Record<string, string>>): string {
  const [cpu] = cpus()
  const all = { Node: process.versions.node, ...versions }
  return [
    `Date: ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC · commit ${commit()}`,
    `Machine: ${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${figure(totalmem() / 2 ** 30)} GiB, ${system()}`,
    `Versions: ${Object.entries(all)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}`,
  ].join('  \n')
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: __dirname,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .toString()
      .trim()
  } catch {
    return 'unknown'
  }
}

function system(): string {
  try {
    return /^PRETTY_NAME="(.*)"/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? process.platform
  } catch {
    return `${process.platform} ${release()}`
  }
}
