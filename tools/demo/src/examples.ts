import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  cardGroup,
  merchant,
  parseCampaign,
  TRANSACTION_STATES,
  transactionRequest,
  type Campaign,
  type CardGroup,
  type Merchant,
} from '@lijian/contracts/marketing'
import { cardOfRun } from './cards'
import type { Example, Partner } from './types'

const OTHERS = ['merchants.json', 'card-groups.json', 'partners.json']

export const read = (dir: string, file: string): unknown => JSON.parse(readFileSync(join(dir, file), 'utf8'))

/** The campaign documents of a folder; the first wrong one stops the demo with everything that is wrong with it. */
export function campaignsOf(dir: string): Campaign[] {
  const files = readdirSync(dir).filter((file) => file.endsWith('.json') && !OTHERS.includes(file))
  return files.sort().map((file) => {
    const parsed = parseCampaign(read(dir, file))
    if (parsed.ok) return parsed.campaign
    throw new Error(`${file}: ${parsed.errors.map(({ path, message }) => `${path}: ${message}`).join('; ')}`)
  })
}

export const merchantsOf = (dir: string): Merchant[] =>
  (read(dir, 'merchants.json') as unknown[]).map((m) => merchant.parse(m))

export const partnersOf = (dir: string): Partner[] => read(dir, 'partners.json') as Partner[]

export function cardGroupsOf(dir: string, run: string): CardGroup[] {
  const groups = (read(dir, 'card-groups.json') as unknown[]).map((group) => cardGroup.parse(group))
  return groups.map((group) => ({ ...group, cards: group.cards.map((pan) => cardOfRun(pan, run)) }))
}

/** The example payments of this run: the run's serials and cards, so that a card's first payment of the month is one again. */
export function paymentsOf(dir: string, run: string): Example[] {
  const lines = readFileSync(join(dir, 'payments.ndjson'), 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => ofRun(JSON.parse(line) as Example, run))
}

function ofRun(example: Example, run: string): Example {
  const { say, upstream, after } = example
  const payment = transactionRequest.parse(example.payment)
  const { card } = payment
  payment.serial = serialOfRun(payment.serial, run)
  if (card && 'pan' in card) payment.card = { pan: cardOfRun(card.pan, run) }
  for (const moment of [after, upstream.after])
    if (moment && !TRANSACTION_STATES.includes(moment.state)) throw new Error(`${say}: no state ${moment.state}`)
  const moved = (moment: Example['after']) => moment && { ...moment, serial: serialOfRun(moment.serial, run) }
  return { say, payment, upstream: { ...upstream, after: moved(upstream.after) }, after: moved(after) }
}

export const serialOfRun = (serial: string, run: string): string => `${run}-${serial}`
export const shortSerial = (serial: string): string => serial.slice(serial.lastIndexOf('-') + 1)
