import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { figure } from './table'

/** Where and with what: figures of two machines are never compared, ratios may be. */
export function machine(): string {
  const [cpu] = cpus()
  return [
    `Date: ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC · commit ${commit()}`,
    `Machine: ${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${figure(totalmem() / 2 ** 30)} GiB, ${system()}, Node ${process.versions.node}`,
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
