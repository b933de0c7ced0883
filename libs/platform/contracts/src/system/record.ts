import { z } from 'zod'

/** An object whose keys senders choose, with so many of them at most; published as `maxProperties`. */
export function recordOf<Key extends z.ZodType<string>, Value extends z.ZodType>(key: Key, value: Value, most: number) {
  return z
    .record(key as unknown as z.ZodString, value)
    .refine((record) => Object.keys(record).length <= most, { error: `expected at most ${most} entries` })
    .meta({ maxProperties: most })
}
