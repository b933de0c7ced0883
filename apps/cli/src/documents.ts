import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  cardGroup,
  customerGroup,
  merchant,
  merchantGroup,
  parseCampaign,
  type Campaign,
  type CardGroup,
  type CustomerGroup,
  type Merchant,
  type MerchantGroup,
} from '@lijian/contracts/marketing'
import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import {
  code,
  currencyCode,
  fieldErrors,
  inChinese,
  withoutByteOrderMark,
  type FieldError,
} from '@lijian/contracts/system'
import { BinTable, parseBinRows } from '@lijian/privacy'
import { z } from 'zod'
import { BadInput } from './fail'
import { jsonAt, textAt } from './text-of'

/** One JSON file in UTF-8; its first fault with the file's name. */
export function readJson(file: string): unknown {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    throw new BadInput(
      `${file}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : 'cannot be read'}`,
    )
  }
  return jsonAt(withoutByteOrderMark(textAt(bytes, () => file)), () => file)
}

const isCampaignLike = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && !Array.isArray(json) && 'offers' in json && 'code' in json

/** A file with one document or an array, or a folder (and the folders in it) whose other JSON files are passed over. */
function campaignSources(path: string, say: (line: string) => void): { file: string; json: unknown }[] {
  let isFolder: boolean
  try {
    isFolder = statSync(path).isDirectory()
  } catch {
    throw new BadInput(`${path}: no such file or folder`)
  }
  if (!isFolder) {
    const json = readJson(path)
    const documents = Array.isArray(json) ? (json as unknown[]) : [json]
    if (documents.length === 0) throw new BadInput(`${path}: an empty list; expected one campaign document or more`)
    return documents.map((document) => ({ file: path, json: document }))
  }
  const found: { file: string; json: unknown }[] = []
  const passedOver: string[] = []
  for (const name of readdirSync(path, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.json') || name.split('/').length > 3) continue
    const json = readJson(join(path, name))
    const documents = (Array.isArray(json) ? (json as unknown[]) : [json]).filter(isCampaignLike)
    if (documents.length === 0) passedOver.push(name)
    for (const document of documents) found.push({ file: join(path, name), json: document })
  }
  if (passedOver.length > 0) say(`${path}: no campaigns in ${passedOver.join(', ')}`)
  if (found.length === 0) throw new BadInput(`${path}: no campaign document in this folder`)
  return found
}

/** One document of a file, as far as it can be read. */
export interface ReadDocument {
  file: string
  campaign?: Campaign
  errors: FieldError[]
}

/** Every document with every error, two of one code among them. */
export function readDocuments(path: string, say: (line: string) => void): ReadDocument[] {
  const documents = campaignSources(path, say).map(({ file, json }): ReadDocument => {
    const parsed = parseCampaign(json)
    return parsed.ok ? { file, campaign: parsed.campaign, errors: [] } : { file, errors: parsed.errors }
  })
  const codes = new Set<string>()
  for (const { campaign, errors } of documents) {
    if (campaign === undefined) continue
    if (codes.has(campaign.code))
      errors.push({ path: 'code', message: `campaign ${campaign.code} is there twice: give each its own code` })
    codes.add(campaign.code)
  }
  return documents
}

export const errorLines = (documents: readonly ReadDocument[]): string[] =>
  documents.flatMap(({ file, errors }) =>
    errors.map(({ path, message }) => `${file}: ${path === '' ? '' : `${path}: `}${message} (${inChinese(message)})`),
  )

/** Documents that are all valid; else every error of every one, a line each. */
export function readCampaigns(path: string, say: (line: string) => void): Campaign[] {
  const documents = readDocuments(path, say)
  const lines = errorLines(documents)
  if (lines.length > 0) throw new BadInput(lines.join('\nlijian: '))
  return documents.flatMap(({ campaign }) => (campaign === undefined ? [] : [campaign]))
}

const ENTRIES_MAX = 1_000_000

/** A list of documents (or one alone), all valid and each known by a key of its own; else every error, a line each. */
function readList<T>(file: string, what: string, schema: z.ZodType<T>, key: keyof T & string): T[] {
  const json = readJson(file)
  const entries = Array.isArray(json) ? (json as unknown[]) : [json]
  const parsed = z.array(schema).max(ENTRIES_MAX).safeParse(entries)
  if (!parsed.success)
    throw new BadInput(
      fieldErrors(parsed.error.issues, entries, { showFound: true })
        .map(({ path, message }) => `${file}: expected a list of ${what}: ${path}: ${message}`)
        .join('\nlijian: '),
    )
  const places = new Map<unknown, number>()
  const twice = parsed.data.flatMap((entry, i) => {
    const first = places.get(entry[key])
    if (first === undefined) places.set(entry[key], i)
    return first === undefined ? [] : [`${file}: [${i}].${key}: ${String(entry[key])} is already at [${first}].${key}`]
  })
  if (twice.length > 0) throw new BadInput(twice.join('\nlijian: '))
  return parsed.data
}

export const readMerchants = (file: string): Merchant[] => readList(file, 'merchants', merchant, 'id')
export const readCardGroups = (file: string): CardGroup[] => readList(file, 'card groups', cardGroup, 'code')
export const readCustomerGroups = (file: string): CustomerGroup[] =>
  readList(file, 'customer groups', customerGroup, 'code')

export const readMerchantGroups = (file: string): MerchantGroup[] =>
  readList(file, 'merchant groups', merchantGroup, 'code')

const fen = z.int().min(-10_000_000_000_000).max(10_000_000_000_000)
export const partner = z.object({
  code,
  currency: currencyCode.default(DEFAULT_CURRENCY),
  balance: fen.optional(),
  creditLine: fen.optional(),
})

/** Balance and credit line together, by partner: what a prepaid campaign may spend. */
export function readBalances(file: string): Map<string, number> {
  const partners = readList(file, 'partners', partner, 'code')
  return new Map(partners.map(({ code, balance = 0, creditLine = 0 }) => [code, balance + creditLine]))
}

/** What each of these balances is in. */
export function readCurrencies(file: string): Map<string, string> {
  return new Map(readList(file, 'partners', partner, 'code').map(({ code, currency }) => [code, currency]))
}

/** The BIN table that comes with the privacy package (its source and licences: data/README.md there). */
export function readBinTable(): BinTable {
  const folder = dirname(require.resolve('@lijian/privacy/package.json'))
  return new BinTable(parseBinRows(readFileSync(join(folder, 'data', 'cn_bin_merged.csv'), 'utf8')))
}
