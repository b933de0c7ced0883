const PRIME = 0x01000193

/**
 * 52 bits over a JSON value, whatever the order of its keys: enough to tell that a serial came with another body. Not a secret, not a proof.
 */
export function bodyHash(value: unknown): number {
  const low = hashOf(value, 0x811c9dc5)
  const high = hashOf(value, 0x9e3779b9)
  return (high >>> 12) * 2 ** 32 + (low >>> 0)
}

function hashOf(value: unknown, seed: number): number {
  if (typeof value === 'string') return hashText(value, seed)
  if (typeof value !== 'object' || value === null) return hashText(String(value), seed ^ 0x5bd1e995)
  let sum = Array.isArray(value) ? seed ^ 0x27d4eb2f : seed
  if (Array.isArray(value)) for (const entry of value) sum = Math.imul(sum ^ hashOf(entry, seed), PRIME)
  // A sum does not know the order of the keys.
  else
    for (const key in value) {
      const entry = (value as Record<string, unknown>)[key]
      if (entry !== undefined) sum = (sum + hashOf(entry, hashText(key, seed))) | 0
    }
  return sum
}

function hashText(text: string, seed: number): number {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME)
  return hash ^ (hash >>> 15)
}
