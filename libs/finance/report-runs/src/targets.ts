import { readFileSync } from 'node:fs'
import { code, lineText, recordOf } from '@lijian/contracts/system'
import { z } from 'zod'

/** A secret travels over TLS, or does not leave the machine. */
const isSafe = (text: string) => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  const here = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
  return (protocol === 'https:' || (protocol === 'http:' && here)) && username === '' && password === ''
}
const address = lineText
  .max(2000)
  .refine(isSafe, 'expected an https address without a password (http on this machine only)')
const word = lineText.min(1).max(1000)
const mailbox = lineText.max(320).regex(/^[^\s<>",;:@]{1,64}@[^\s<>",;:@]{1,255}$/, 'expected a mailbox such as a@b.cn')
const port = z.int().min(1).max(65_535)

const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder') }),
  z.strictObject({
    kind: z.literal('s3'),
    endpoint: address.optional(),
    region: word.default('us-east-1'),
    bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'expected the name of a bucket'),
    prefix: lineText
      .max(500)
      .regex(/^([\w-][\w.-]*\/)*$/, 'expected folders that end with /, such as reports/2026/')
      .default(''),
    pathStyle: z.boolean().default(false),
    accessKeyId: word,
    secretAccessKey: word,
  }),
  z.strictObject({ kind: z.literal('webhook'), url: address, secret: word.min(16) }),
  z.strictObject({
    kind: z.literal('email'),
    host: word,
    port,
    /** tls: from the first byte. starttls: or nothing is sent. none: a server on this machine. */
    security: z.enum(['tls', 'starttls', 'none']).default('starttls'),
    user: word.optional(),
    password: word.optional(),
    from: mailbox,
    to: z.array(mailbox).min(1).max(50),
    attach: z.boolean().default(false),
  }),
])
export const targetsFile = recordOf(code, target, 1000)

/** Where files of reports go. Whoever runs the house writes them down; what people send only names them. */
export type ReportTarget = z.infer<typeof target>
export type ReportTargets = ReadonlyMap<string, ReportTarget>

/** What is wrong with the file, without a value of it: it has secrets. */
export class TargetsError extends Error {
  constructor(path: string, problems: readonly string[]) {
    super([`LIJIAN_REPORT_TARGETS ${path}:`, ...problems].join('\n  '))
    this.name = 'TargetsError'
  }
}

/** Throws TargetsError, which names each place. */
export function readTargets(path: string | undefined): ReportTargets {
  if (path === undefined) return new Map()
  const parsed = targetsFile.safeParse(jsonOf(path))
  if (!parsed.success)
    throw new TargetsError(
      path,
      parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${messageOf(issue)}`),
    )
  return new Map(Object.entries(parsed.data))
}

export const namesOfTargets = (path: string | undefined): ReadonlySet<string> => new Set(readTargets(path).keys())

function jsonOf(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new TargetsError(path, [`not read: ${(error as NodeJS.ErrnoException).code}`])
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new TargetsError(path, ['expected JSON: {"name": {"kind": "folder" | "s3" | "webhook" | "email", …}}'])
  }
}

const messageOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'unrecognized_keys' ? `does not take ${issue.keys.join(', ')}` : issue.message
