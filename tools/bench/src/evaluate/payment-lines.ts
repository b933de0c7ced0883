import { FLAG_FACTS } from '@lijian/contracts/marketing'
import type { Random } from '../data/random'

export interface PaymentFile {
  lines: number
  /** Merchants of the documents; one payment in five is somebody else's. */
  merchants: readonly string[]
  /** Leading digits of the cards of the documents' card groups; one card in three is another one. */
  bins: readonly string[]
  /**
   * Also refunds, voids, reversals, failures, lines that come again, customers, identities, facts, and forms that nobody writes: for comparing
   * answers. Without it: a day's payments, for measuring.
   */
  mixed: boolean
}

const METHODS = ['swipe', 'qr', 'quickpass', 'quick', 'apple_pay'] as const
const START_MS = Date.parse('2026-10-28T00:00:00+08:00')
const CARDS = 300_000
const DAYS_MS = 40 * 86_400_000
const OTHER_BINS = ['622700', '621700', '436742', '955880', '411111', '510000', '621226']

/** The lines of a file of payments, in order of time, over forty days; the same for the same seed. */
export function* paymentLines(random: Random, file: PaymentFile): Generator<string> {
  const recent: string[] = []
  for (let n = 0; n < file.lines; n++) {
    const atMs = START_MS + Math.floor((n * DAYS_MS) / file.lines / 1000) * 1000
    if (file.mixed && recent.length > 0 && random.chance(0.25)) {
      yield later(random, recent, n, atMs)
      continue
    }
    const line = JSON.stringify(payment(random, file, n, atMs))
    if (file.mixed) {
      if (recent.length < 2_000) recent.push(line)
      else recent[random.int(0, 1_999)] = line
    }
    yield line
  }
}

function payment(random: Random, file: PaymentFile, n: number, atMs: number): Record<string, unknown> {
  const line: Record<string, unknown> = {
    serial: `S${String(n).padStart(9, '0')}`,
    merchant: random.chance(0.8) ? random.pick(file.merchants) : `M${random.int(10_000, 99_999)}`,
    amount: random.chance(0.2) ? random.pick([900, 2_000, 10_000, 12_800, 20_000, 500_000]) : random.int(100, 50_000),
    paymentMethod: random.pick(METHODS),
    card: { pan: pan(file.bins, random.int(0, CARDS)) },
  }
  for (const flag of FLAG_FACTS) if (random.chance(0.5)) line[flag] = random.chance(0.7)
  if (random.chance(0.3)) line['cardType'] = random.pick(['credit', 'debit', 'quasi_credit', 'prepaid'])
  line['at'] = shanghai(atMs)
  return file.mixed ? decorated(random, line) : line
}

/** The card of a number: always the same digits, of one of the groups or of none here. */
function pan(bins: readonly string[], card: number): string {
  const bin = card % 3 === 0 ? OTHER_BINS[card % OTHER_BINS.length]! : bins[card % bins.length]!
  return `${bin}${String(card).padStart(16 - bin.length, '0')}${card % 5 === 0 ? '' : '000'}`
}

const shanghai = (atMs: number): string => `${new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`

function decorated(random: Random, line: Record<string, unknown>): Record<string, unknown> {
  if (random.chance(0.1)) line['outcome'] = random.pick(['failure', 'success'])
  if (random.chance(0.1)) line['eligibleAmount'] = random.int(0, line['amount'] as number)
  if (random.chance(0.2)) line['customer'] = random.pick(['小麦', `u-${random.int(1, 500)}`, 'a "b"\\c', '\u2028'])
  if (random.chance(0.2)) line['identities'] = { phone: `p${random.int(1, 400)}`, device: `d${random.int(1, 400)}` }
  if (random.chance(0.2)) line['facts'] = random.some(['registered', 'first_use', 'coupon_claimed', 'new_customer'], 0)
  if (random.chance(0.1)) line['terminal'] = `T${random.int(1, 99)}`
  if (random.chance(0.1)) line['subMerchant'] = `SUB-${random.int(1, 9)}`
  if (random.chance(0.1)) line['scheme'] = random.pick(['unionpay', 'visa', 'mastercard'])
  if (random.chance(0.1)) line['issuer'] = random.pick(['CCB', 'ICBC', 'cmb'])
  if (random.chance(0.1)) line['cardRegion'] = random.pick(['domestic', 'overseas'])
  if (random.chance(0.1)) line['cardProduct'] = random.pick(['gold', 'diamond'])
  if (random.chance(0.05)) line['currency'] = random.pick(['CNY', 'HKD', 'USD'])
  if (random.chance(0.05)) line['holdSeconds'] = random.int(1, 86_400)
  if (random.chance(0.05)) line['deadlineMs'] = random.int(1, 10_000)
  if (random.chance(0.05)) delete line['card']
  else if (random.chance(0.1))
    line['card'] = {
      token: `cd_token_of_a_card_${random.int(1, 2_000)}`,
      ...(random.chance(0.7) ? { bin: random.pick(OTHER_BINS) } : {}),
      ...(random.chance(0.5) ? { last4: '1234' } : {}),
    }
  if (random.chance(0.1)) line['at'] = new Date(Date.parse(line['at'] as string)).toISOString()
  // Now and then a night, an hour of clock changes, a leap day, out of order.
  if (random.chance(0.02)) line['at'] = random.pick(['2028-02-29T23:59:59.999Z', '2026-11-01T00:00:00-05:00'])
  return line
}

/** A line about an earlier one: what undoes it, or the same serial again. */
function later(random: Random, recent: readonly string[], n: number, atMs: number): string {
  const line = random.pick(recent)
  const { serial, amount, ...rest } = JSON.parse(line) as { serial: string; amount: number }
  const reverse = { originalSerial: serial, serial: `R${n}`, ...(random.chance(0.8) ? { at: shanghai(atMs) } : {}) }
  const kind = random.int(0, 9)
  if (kind <= 3) {
    const part = random.chance(0.4) ? amount : random.int(1, amount)
    return JSON.stringify({ event: 'refund', ...reverse, amount: part, ...(random.chance(0.1) ? { eligibleAmount: random.int(0, part) } : {}) }) // prettier-ignore
  }
  if (kind === 4) return JSON.stringify({ event: 'void', ...reverse })
  if (kind === 5) return JSON.stringify({ event: 'reversal', ...reverse })
  // A reversal before its payment: the payment that comes after it gets nothing.
  if (kind === 6) return JSON.stringify({ event: 'reversal', originalSerial: `S${String(n + random.int(1, 50)).padStart(9, '0')}`, serial: `R${n}`, ...(random.chance(0.8) ? { at: shanghai(atMs) } : {}) }) // prettier-ignore
  if (kind === 7) return line
  if (kind === 8) return JSON.stringify({ ...rest, serial, amount: amount + random.int(0, 1) }, null, 1).replaceAll('\n', ' ') // prettier-ignore
  return JSON.stringify({ event: 'refund', originalSerial: serial, serial: random.chance(0.5) ? `R${n - 1}` : serial, amount: random.int(1, amount), at: shanghai(atMs) }) // prettier-ignore
}
