import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  cardGroup,
  customerGroup,
  fieldErrors,
  inChinese,
  merchant,
  parseCampaign,
  type Campaign,
  type CardGroup,
  type CustomerGroup,
  type Merchant,
} from '@lijian/contracts'
import { BinTable, parseBinRows } from '@lijian/privacy'
import { z } from 'zod'
import { BadInput } from './fail'

/** One JSON file; its first fault with the file's name. */
export function readJson(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new BadInput(
      `${file}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : 'cannot be read'}`,
    )
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new BadInput(`${file}: not JSON: ${(error as Error).message}`)
  }
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
    return (Array.isArray(json) ? (json as unknown[]) : [json]).map((document) => ({ file: path, json: document }))
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

/** Every error of every document, a line each. */
export function readCampaigns(path: string, say: (line: string) => void): Campaign[] {
  const errors: string[] = []
  const campaigns: Campaign[] = []
  for (const { file, json } of campaignSources(path, say)) {
    const parsed = parseCampaign(json)
    if (parsed.ok) campaigns.push(parsed.campaign)
    else
      for (const { path: at, message } of parsed.errors)
        errors.push(`${file}: ${at === '' ? '' : `${at}: `}${message} (${inChinese(message)})`)
  }
  const codes = new Set<string>()
  for (const { code } of campaigns) {
    if (codes.has(code)) errors.push(`${path}: campaign ${code} is there twice: give each its own code`)
    codes.add(code)
  }
  if (errors.length > 0) throw new BadInput(errors.join('\nlijian: '))
  return campaigns
}

function readList<T>(file: string, what: string, schema: z.ZodType<T>): T[] {
  const json = readJson(file)
  const parsed = z.array(schema).safeParse(Array.isArray(json) ? json : [json])
  if (parsed.success) return parsed.data
  const [first] = fieldErrors(parsed.error.issues, json, { showFound: true })
  throw new BadInput(`${file}: expected a list of ${what}: ${first!.path}: ${first!.message}`)
}

export const readMerchants = (file: string): Merchant[] => readList(file, 'merchants', merchant)
export const readCardGroups = (file: string): CardGroup[] => readList(file, 'card groups', cardGroup)
export const readCustomerGroups = (file: string): CustomerGroup[] => readList(file, 'customer groups', customerGroup)

const fen = z.int().min(-10_000_000_000_000).max(10_000_000_000_000)
const partner = z.object({ code: z.string(), balance: fen.optional(), creditLine: fen.optional() })

/** Balance and credit line together, by partner: what a prepaid campaign may spend. */
export function readBalances(file: string): Map<string, number> {
  const partners = readList(file, 'partners', partner)
  return new Map(partners.map(({ code, balance = 0, creditLine = 0 }) => [code, balance + creditLine]))
}

/** The BIN table that comes with the privacy package (its source and licences: data/README.md there). */
export function readBinTable(): BinTable {
  const folder = dirname(require.resolve('@lijian/privacy/package.json'))
  return new BinTable(parseBinRows(readFileSync(join(folder, 'data', 'cn_bin_merged.csv'), 'utf8')))
}
