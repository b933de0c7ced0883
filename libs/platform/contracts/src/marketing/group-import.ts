import { z } from 'zod'
import { code } from '../system/primitives'

export const IMPORT_KINDS = ['card_group', 'customer_group', 'merchant_group', 'merchant'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]
export const IMPORT_MODES = ['replace', 'add', 'remove'] as const
export type ImportMode = (typeof IMPORT_MODES)[number]
/** How many of the faults of a file are told; all of them are counted. */
export const IMPORT_ERRORS_TOLD = 100
/** Of one group: 85 MB of memory and a second of PostgreSQL's time. */
export const GROUP_MEMBERS_MAX = 5_000_000
/** A line that is longer is no member of anything. */
export const IMPORT_LINE_MAX = 1024

/** What is wrong with a line; it is never repeated, for it may be a card number. */
export const LINE_FAULTS = {
  luhn: 'fails the Luhn check',
  card: 'expected a card number of 12 to 19 digits, "token:…", a BIN prefix of 6 to 11 digits, or any prefix as "bin:…"',
  bin: 'expected a BIN prefix of 1 to 12 digits',
  token: 'expected a token of 16 to 128 of A-Z a-z 0-9 _ -, not digits alone',
  cardJson: 'expected a JSON text, or an object with one of "card", "token", "bin"',
  encoding: 'expected text in UTF-8',
  text: 'expected text without control characters and without halves of surrogate pairs',
  customer: 'expected a customer of 1 to 128 characters in UTF-8, or "token:…"',
  customerJson: 'expected a JSON text, or an object with one of "customer", "token"',
  long: `expected a line of at most 1024 characters`,
} as const
export type LineFault = keyof typeof LINE_FAULTS

export const IMPORT_FAILURES = [
  'invalid_lines',
  'no_members',
  'too_large',
  'not_gzip',
  'interrupted',
  'cancelled',
  'internal',
] as const
export type ImportFailure = (typeof IMPORT_FAILURES)[number]

export const importModeQuery = z.strictObject({
  mode: z
    .enum(IMPORT_MODES)
    .default('replace')
    .describe('replace: the file is all that the group has afterwards; add and remove change only what it names'),
})

export const merchantImportQuery = z.strictObject({
  mode: z
    .enum(IMPORT_MODES)
    .default('add')
    .describe('replace: the file is the whole list, and who is not in it leaves'),
})

export const groupImportAnswer = z.object({
  id: z.int(),
  kind: z.enum(IMPORT_KINDS),
  code: z.string().describe('the group; "merchants" where merchants are enrolled'),
  mode: z.enum(IMPORT_MODES),
  state: z.enum(['running', 'done', 'failed']).describe('failed: nothing was changed'),
  failure: z.enum(IMPORT_FAILURES).optional(),
  changed: z.boolean().optional().describe('false: the group had exactly these members before'),
  lines: z.int().describe('read so far'),
  accepted: z.int().describe('lines that are right'),
  duplicates: z.int().optional().describe('accepted lines that repeat another one'),
  errorCount: z.int(),
  errors: z
    .array(z.object({ line: z.int(), message: z.string(), messageZh: z.string() }))
    .describe(`the first ${IMPORT_ERRORS_TOLD}; a line itself is never repeated`),
  bytes: z.int().describe('of the file as it was sent, read so far'),
  percent: z.number().optional().describe('of the bytes, when the request said its length'),
  members: z
    .int()
    .optional()
    .describe(
      'that the group has afterwards, or will have; where merchants are enrolled, how many were changed at once',
    ),
  proposal: z
    .int()
    .optional()
    .describe(
      'this waits for a second person: members of a group that a live campaign names, or what stored merchants pay',
    ),
  cancelledBy: z.string().optional(),
  startedBy: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().optional(),
})
export type GroupImportAnswer = z.infer<typeof groupImportAnswer>

export const groupImportPage = z.object({
  imports: z.array(groupImportAnswer),
  next: z.string().optional().describe('send as "after" to go on; absent: that was all'),
})
export type GroupImportPage = z.infer<typeof groupImportPage>

const importId = z.string().regex(/^[0-9]{1,15}$/, 'expected the number of an import')
export const importParams = z.strictObject({ id: importId })
export const importListQuery = z.strictObject({
  kind: z.enum(IMPORT_KINDS).optional(),
  code: code.optional(),
  after: importId.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
export type ImportListQuery = z.infer<typeof importListQuery>
