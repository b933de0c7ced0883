import { weakness, type NamedKey } from './key-texts'
import { variables } from './variables'

type Found = Buffer | readonly (Buffer | NamedKey)[] | undefined

const OF_PURPOSE = [
  'tokenKeys',
  'drawKey',
  'drawKeysOld',
  'accountKeys',
  'payloadKey',
  'payloadKeys',
  'clearingSignKey',
] as const
const MAKE = 'make one with `openssl rand -hex 32`'
/** The single variable may be repeated in the list that came after it; one purpose either way. */
const purposeOf = (name: string): string => name.replace(/(_KEY|_KEYS|_KEYS_OLD)$/, '')

function listOf(found: Found): { key: Buffer; of: string }[] {
  if (found === undefined) return []
  if (Buffer.isBuffer(found)) return [{ key: found, of: 'the key' }]
  return found.map((one, i) =>
    Buffer.isBuffer(one) ? { key: one, of: `key ${i + 1}` } : { key: one.key, of: `key ${one.id}` },
  )
}

/** Keys that anybody could guess, and keys that serve two purposes: who learns one of them would have the other. */
export function keyProblems(values: Readonly<Record<string, unknown>>): string[] {
  const problems: string[] = []
  const seen = new Map<string, string>()
  for (const variable of OF_PURPOSE) {
    const { name } = variables[variable]
    for (const { key, of } of listOf(values[variable] as Found)) {
      const weak = weakness(key)
      if (weak !== undefined) problems.push(`${name}: ${of} ${weak}, so it can be guessed: ${MAKE}`)
      const other = seen.get(key.toString('hex'))
      if (other === undefined) seen.set(key.toString('hex'), name)
      else if (purposeOf(other) !== purposeOf(name))
        problems.push(`${name}: ${of} is also in ${other}; each purpose has a key of its own: ${MAKE}`)
    }
  }
  return problems
}
