import { isIP } from 'node:net'
import { z } from 'zod'
import { bareKey, keysOf, namedKey, type NamedKey } from './key-texts'

/** Each format turns the text of an environment variable into its value; `expected` is the sentence a person reads when it cannot. */
export interface Format<Value> {
  expected: string
  schema: z.ZodType<Value, string>
}

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().int().min(min).max(max))

export const port: Format<number> = { expected: 'a port number from 1 to 65535', schema: wholeNumber(1, 65535) }

export const count = (min: number, max: number): Format<number> => ({
  expected: `a whole number from ${min} to ${max}`,
  schema: wholeNumber(min, max),
})

/** Minutes up to 12 hours, or `off`. */
export const minutesOrOff: Format<number | 'off'> = {
  expected: 'whole minutes from 0 to 720, or off',
  schema: z
    .string()
    .regex(/^(?:off|\d{1,3})$/)
    .transform((found) => (found === 'off' ? ('off' as const) : Number(found)))
    .pipe(z.union([z.literal('off'), z.number().max(720)])),
}

export const oneOf = <const Choice extends string>(...choices: Choice[]): Format<Choice> => ({
  expected: `one of ${choices.join(', ')}`,
  schema: z.string().pipe(z.enum(choices)) as z.ZodType<Choice, string>,
})

export const text = (expected: string, pattern: RegExp): Format<string> => ({
  expected,
  schema: z.string().regex(pattern),
})

export const key32: Format<Buffer> = {
  expected: '64 hexadecimal digits (32 bytes)',
  schema: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .transform((hex) => Buffer.from(hex, 'hex')),
}

/** Several keys, by commas. */
export const keys32: Format<readonly Buffer[]> = {
  expected: 'keys of 64 hexadecimal digits each, by commas',
  schema: z
    .string()
    .regex(/^[0-9a-fA-F]{64}(,[0-9a-fA-F]{64})*$/)
    .transform((list) => list.split(',').map((hex) => Buffer.from(hex, 'hex'))),
}

/** `2026a:64 hex,2026b:64 hex@2026-12-31`: each id and each key once. */
export const keyList: Format<readonly NamedKey[]> = {
  expected: 'keys as id:64 hexadecimal digits, each with @date where it is used from a date on, by commas, each once',
  schema: z.string().transform((list, context) => keysOf(list, context, namedKey)),
}

/** The same; 64 digits alone are a key from before there was a list, and the oldest. */
export const keyOrList: Format<readonly NamedKey[]> = {
  expected:
    '64 hexadecimal digits (32 bytes), or a list such as 2026a:<64 hex>,2027a:<64 hex>@2027-01-01, each key once',
  schema: z.string().transform((list, context) => keysOf(list, context, (one) => bareKey(one) ?? namedKey(one))),
}

export const isoDate: Format<string> = { expected: 'a date such as 2026-12-31', schema: z.iso.date() }

/** `name:token`, by commas; who asks is known by the name. */
export const bearers: Format<ReadonlyMap<string, string>> = {
  expected: 'name:token, by commas, tokens of 32 to 256 letters, digits, "-" and "_", each once',
  schema: z.string().transform((list, context) => {
    const found = list.split(',').map((one) => /^([A-Za-z0-9][\w.-]{0,63}):([\w-]{32,256})$/.exec(one.trim()))
    const byToken = new Map(found.flatMap((match) => (match ? [[match[2]!, match[1]!] as const] : [])))
    if (byToken.size === found.length) return byToken
    context.addIssue({ code: 'custom', message: 'not a list of bearers' })
    return z.NEVER
  }),
}

export const postgresUrl: Format<string> = {
  expected: 'a PostgreSQL URL such as postgresql://user:password@host:5432/database',
  schema: z.string().refine((url) => URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)),
}

export const timeZone: Format<string> = {
  expected: 'a time zone name such as Asia/Shanghai',
  schema: z.string().refine((name) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
    } catch {
      return false
    }
  }),
}

const holdSecondsMax = 86_400

/** `qr=7200,swipe=600`. A payment method named twice is a mistake somebody should see. */
export const secondsByMethod: Format<Readonly<Record<string, number>>> = {
  expected: `payment methods with seconds from 1 to ${holdSecondsMax}, each once, such as qr=7200,swipe=600`,
  schema: z.string().transform((list, context) => {
    const seconds: Record<string, number> = {}
    for (const pair of list.split(',')) {
      const match = /^\s*([a-z][a-z0-9_]*)=(\d{1,5})\s*$/.exec(pair)
      const [, method = '', digits = ''] = match ?? []
      if (!match || Object.hasOwn(seconds, method) || Number(digits) < 1 || Number(digits) > holdSecondsMax) {
        context.addIssue({ code: 'custom', message: 'not a list of method=seconds' })
        return z.NEVER
      }
      seconds[method] = Number(digits)
    }
    return seconds
  }),
}

/** `city,bank`: codes by commas, each once. */
export const codes: Format<readonly string[]> = {
  expected: 'codes by commas, each once, such as city,bank',
  schema: z.string().transform((list, context) => {
    const found = list.split(',').map((code) => code.trim())
    if (new Set(found).size === found.length && found.every((code) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(code)))
      return found
    context.addIssue({ code: 'custom', message: 'not a list of codes' })
    return z.NEVER
  }),
}

/** `10.0.0.1,10.1.0.0/16`: addresses and networks by commas. */
export const networks: Format<readonly string[]> = {
  expected: 'addresses or networks by commas, such as 10.0.0.1,10.1.0.0/16',
  schema: z.string().transform((list, context) => {
    const found = list.split(',').map((one) => one.trim())
    if (found.every(isNetwork)) return found
    context.addIssue({ code: 'custom', message: 'not a list of networks' })
    return z.NEVER
  }),
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}
