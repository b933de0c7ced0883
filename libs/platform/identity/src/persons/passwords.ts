import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { hash, verify, type Options } from '@node-rs/argon2'

/** OWASP's least for Argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane; about 10 ms. */
const COST: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const LENGTH_MIN = 12
/** PCI DSS 8.3.7: none of the last four comes again. */
export const EARLIER_KEPT = 4

export const hashOfPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), COST)

export const isPassword = (password: string, stored: string): Promise<boolean> =>
  verify(stored, password.normalize('NFKC'))

let nobodys: Promise<string> | undefined
/** Takes as long as a look at a stored one: how long an answer takes tells nobody which logins there are. */
export async function isNobodysPassword(password: string): Promise<false> {
  nobodys ??= hashOfPassword('nobody has this one')
  await isPassword(password, await nobodys)
  return false
}

/**
 * What is wrong with a password that somebody wants; undefined: it is good (PCI DSS 8.3.6, NIST SP 800-63B-4). `breached`: a file of SHA-1
 * hashes in upper case hexadecimal, or of prefixes of one length, a line each, sorted.
 */
export async function wrongWithPassword(
  password: string,
  about: { login: string; name: string },
  breached?: string,
): Promise<string | undefined> {
  if ([...password].length < LENGTH_MIN) return `expected ${LENGTH_MIN} characters or more`
  if (!/\p{L}/u.test(password) || !/[^\p{L}]/u.test(password)) return 'expected letters and others, such as digits'
  if (new Set(password).size < 5) return 'expected more than four different characters'
  const flat = password.toLowerCase()
  if ([about.login, about.name].some((word) => word.length > 2 && flat.includes(word.toLowerCase())))
    return 'expected a password without your name or login'
  if (breached !== undefined && (await standsIn(breached, password)))
    return 'expected one that is in no list of stolen passwords'
  return undefined
}

/** By halves: the list has gigabytes. */
async function standsIn(path: string, password: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const head = await lineAt(file, 0)
    const width = head.length
    if (width === 0) return false
    const wanted = createHash('sha1').update(password).digest('hex').toUpperCase().slice(0, width)
    const lineBytes = width + 1
    let [from, to] = [0, Math.floor(((await file.stat()).size + 1) / lineBytes)]
    while (from < to) {
      const middle = (from + to) >> 1
      const found = await lineAt(file, middle * lineBytes, width)
      if (found === wanted) return true
      if (found < wanted) from = middle + 1
      else to = middle
    }
    return false
  } finally {
    await file.close()
  }
}

async function lineAt(file: Awaited<ReturnType<typeof open>>, at: number, width = 64): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(width), 0, width, at)
  return buffer.subarray(0, bytesRead).toString('latin1').split('\n')[0]!
}
