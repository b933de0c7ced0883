import { z } from 'zod'
import { oneOf, text, type Format } from './formats'

export { oneOf, text }

/** An origin, without a path. */
export const origin: Format<string> = {
  expected: 'an address such as https://lijian.example, or http on this machine, without a path',
  schema: z.string().transform((found, context) => {
    const url = URL.canParse(found) ? new URL(found) : undefined
    const isPlain = url?.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname)
    if (url !== undefined && (url.protocol === 'https:' || isPlain) && [url.origin, `${url.origin}/`].includes(found))
      return url.origin
    context.addIssue({ code: 'custom', message: 'not an origin' })
    return z.NEVER
  }),
}

export const secretText: Format<string> = text('printable characters', /^[\x20-\x7e]{1,500}$/)

/** `mfa,otp`: by commas, each once. */
export const identifiers: Format<readonly string[]> = {
  expected: 'values by commas, each once, such as mfa,otp',
  schema: z.string().transform((list, context) => {
    const found = list.split(',').map((one) => one.trim())
    if (new Set(found).size === found.length && found.every((one) => /^[\x21-\x7e]{1,200}$/.test(one))) return found
    context.addIssue({ code: 'custom', message: 'not a list' })
    return z.NEVER
  }),
}

/** `group=role`, by commas; a group may give several roles. */
export const rolesOfGroups: Format<readonly { group: string; role: string }[]> = {
  expected: 'groups with the role of each, by commas, such as lijian-ops=operator,lijian-audit=auditor',
  schema: z.string().transform((list, context) => {
    const found = list.split(',').map((one) => /^\s*([^=]{1,200})=([a-z][a-z0-9-]{0,63})\s*$/.exec(one))
    if (found.every((match) => match !== null)) return found.map(([, group, role]) => ({ group: group!, role: role! }))
    context.addIssue({ code: 'custom', message: 'not a list of group=role' })
    return z.NEVER
  }),
}
