import { closeSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Campaign, CardGroup, Merchant } from '@lijian/contracts/marketing'
import { Random } from '../data/random'
import { paymentLines, type PaymentFile } from './payment-lines'

const CAMPAIGNS = join(__dirname, '..', '..', '..', '..', 'campaigns')
const SEED = 1
const BIN_DIGITS = 6

export const merchantsFile = join(CAMPAIGNS, 'merchants.json')
export const cardGroupsFile = join(CAMPAIGNS, 'card-groups.json')

const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T

/** The eleven documents that stand in campaigns/ itself, without those in the folders, as one file. */
export function writeCampaigns(file: string): void {
  const documents = readdirSync(CAMPAIGNS)
    .filter((name) => name.endsWith('.json'))
    .map((name) => read<Partial<Campaign>>(join(CAMPAIGNS, name)))
    .filter((document) => document.offers !== undefined)
  writeFileSync(file, JSON.stringify(documents))
}

/** Payments at the merchants and with the cards of those documents, one JSON object per line: the same on every machine. */
export function writePayments(file: string, what: Pick<PaymentFile, 'lines' | 'mixed'>, seed = SEED): void {
  const merchants = read<Merchant[]>(merchantsFile).map(({ id }) => id)
  const bins = read<CardGroup[]>(cardGroupsFile).flatMap((group) => group.bins.map((bin) => bin.padEnd(BIN_DIGITS, '2600'))) // prettier-ignore
  const to = openSync(file, 'w')
  let waiting = ''
  for (const line of paymentLines(new Random(seed), { ...what, merchants, bins })) {
    waiting += `${line}\n`
    if (waiting.length < 1 << 20) continue
    writeSync(to, waiting)
    waiting = ''
  }
  writeSync(to, waiting)
  closeSync(to)
}
