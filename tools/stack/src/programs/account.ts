import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Command } from '../core/server'

export interface Account {
  uid: number
  gid: number
}

/** PostgreSQL refuses to run as root. Then it runs as the owner of its data, else as `postgres`, else as `nobody`. */
export function accountFor(dataDir: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  return ownerOf(dataDir) ?? accountNamed('postgres') ?? accountNamed('nobody')
}

function ownerOf(dataDir: string): Account | undefined {
  try {
    const { uid, gid } = statSync(dataDir)
    return uid === 0 ? undefined : { uid, gid }
  } catch {
    return undefined
  }
}

function accountNamed(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = (line ?? '').split(':')
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}

/** The command run by that account. Below a closed folder such as /root the account would reach neither program nor data, so there it
 *  keeps root's right to pass through folders, and nothing else of root. */
export function commandAs(account: Account | undefined, command: Command, reaches: readonly string[]): Command {
  if (!account) return command
  if (reaches.every((path) => canReach(account, path))) return { ...command, ...account }
  const { uid, gid } = account
  const keep = ['--clear-groups', '--inh-caps=+dac_override', '--ambient-caps=+dac_override']
  return {
    ...command,
    file: 'setpriv',
    args: [`--reuid=${uid}`, `--regid=${gid}`, ...keep, '--', command.file, ...command.args],
  }
}

function canReach(account: Account, path: string): boolean {
  const folder = dirname(path)
  if (folder === path) return true
  try {
    const stat = statSync(folder)
    if (stat.uid !== account.uid && (stat.mode & 0o001) === 0) return false
  } catch {
    // A folder that is yet to be made will be the account's.
  }
  return canReach(account, folder)
}
