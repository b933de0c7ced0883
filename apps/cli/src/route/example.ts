import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { BadInput } from '../fail'

/**
 * The example of the README: 10 channels, 3 layers of pools (real-name by city, shared by trade, the whole country), 500 MIDs, 2,000 merchants with MCC, region
 * and hours, and the payments of two Wednesdays. Made by a seed, the same everywhere. Costs lie on the deciles of Adyen's DABstep fees (rates of
 * fees.json by scheme and credit, CC-BY-4.0, credit Adyen/DABstep); issuers and card types are the most frequent of the BIN table (libs/platform/privacy/data).
 */
export interface Example {
  routing: object
  merchants: object[]
  payments: object[]
}

const COST_PPM = {
  debit: [1500, 1800, 2200, 2600, 2800, 3000, 3600, 4000, 4400, 4800],
  credit: [1900, 2100, 2600, 2800, 2900, 3200, 3900, 4100, 4900, 5100],
} as const
const ISSUERS = ['ICBC', 'CCB', 'ABC', 'BOC', 'COMM', 'CMB', 'PSBC', 'SPDB']
const CITIES = ['110100', '310100', '440100', '440300', '330100', '320100', '510100', '420100', '610100', '370200']
/** [MCC, median amount in fen, hours in which it is paid, busiest hour]. */
const TRADES: readonly (readonly [string, number, number[], number])[] = [
  ['5812', 8_800, [7, 8, 12, 13, 17, 18, 19], 12],
  ['5814', 2_900, [7, 8, 11, 12, 13, 17, 18, 19], 12],
  ['5411', 6_500, [8, 9, 10, 11, 14, 15, 16, 17, 18, 19, 20], 18],
  ['5311', 26_000, [10, 11, 13, 14, 15, 16, 17, 19, 20, 21], 15],
  ['5541', 25_000, [6, 7, 8, 9, 12, 17, 18, 19, 22], 8],
  ['5732', 180_000, [10, 11, 14, 15, 16, 19, 20], 15],
  ['5912', 5_200, [8, 9, 10, 14, 15, 17, 19, 20], 10],
  ['7011', 45_000, [12, 13, 14, 18, 20, 21, 22], 14],
]
const CATERING_HOURS = [
  ['07:00', '09:00'],
  ['12:00', '14:00'],
  ['17:00', '20:00'],
]
const WAYS = [
  ['wechat', 'qr'],
  ['alipay', 'qr'],
  ['unionpay', 'card'],
] as const
const DAYS = ['2026-11-18', '2026-11-25']

/** mulberry32 (Tommy Ettinger, public domain): small, seeded, good enough for an example. */
function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    const a = Math.imul(state ^ (state >>> 15), state | 1)
    const b = a ^ (a + Math.imul(a ^ (a >>> 7), a | 61))
    return ((b ^ (b >>> 14)) >>> 0) / 2 ** 32
  }
}

const CHANNELS = 10
const CITY_MIDS = 300
const TRADE_MIDS = 150
const COUNTRY_MIDS = 50
const MERCHANTS = 2000

const three = (n: number): string => String(n).padStart(3, '0')
const channelOf = (n: number): string => `CH-${String.fromCharCode(65 + (n % CHANNELS))}`

export function makeExample(seed: number, payments: number): Example {
  const random = dice(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const merchants = Array.from({ length: MERCHANTS }, (_, i) => {
    const [mcc] = TRADES[i % TRADES.length]!
    return {
      id: `M${String(i + 1).padStart(4, '0')}`,
      name: `商户${i + 1}`,
      mcc,
      region: CITIES[Math.floor(i / TRADES.length) % CITIES.length]!,
    }
  })
  return {
    routing: routingOf(merchants),
    merchants,
    payments: DAYS.flatMap((day, d) =>
      paymentsOf(day, d, merchants, Math.floor((payments + d) / DAYS.length), random, pick),
    ),
  }
}

type ExampleMerchant = { id: string; mcc: string; region: string }

function channelsOf(): object[] {
  return Array.from({ length: CHANNELS }, (_, i) => ({
    code: channelOf(i),
    dailyAmount: 300_000_000 + i * 50_000_000,
    perTransaction: { min: 1, max: 5_000_000 },
    // One channel rests at night; two take no card of some banks.
    ...(i === 3 ? { serviceHours: [['06:00', '23:30']] } : {}),
    cards: [
      ...(i % 4 === 1 ? ISSUERS.slice(0, 5) : ISSUERS).map((issuer, n) => ({
        issuer,
        cardType: 'debit',
        costPpm: COST_PPM.debit[(i + n) % 10]!,
        costMax: 2000,
      })),
      { cardType: 'debit', costPpm: COST_PPM.debit[9]! },
      { cardType: 'credit', costPpm: COST_PPM.credit[i]! },
      { costPpm: COST_PPM.credit[9]! },
    ],
    cardDailyCount: 20,
  }))
}

function midsOf(merchants: readonly ExampleMerchant[]) {
  const cityMids = Array.from({ length: CITY_MIDS }, (_, i) => {
    const region = CITIES[i % CITIES.length]!
    const trade = TRADES[Math.floor(i / CITIES.length) % TRADES.length]!
    const allowed = merchants.filter((one) => one.region === region && one.mcc === trade[0]).map(({ id }) => id)
    return {
      code: `MID-C${three(i + 1)}`,
      channel: channelOf(i),
      secretRef: `kv/mid-c${three(i + 1)}`,
      dailyAmount: 4_000_000,
      region,
      industry: trade[0],
      allowedMerchants: allowed,
      priority: i % 3,
      ...(trade[0] === '5812' ? { perTransaction: { max: 50_000 }, serviceHours: CATERING_HOURS } : {}),
    }
  })
  const tradeMids = Array.from({ length: TRADE_MIDS }, (_, i) => ({
    code: `MID-T${three(i + 1)}`,
    channel: channelOf(i + 3),
    secretRef: `kv/mid-t${three(i + 1)}`,
    dailyAmount: 8_000_000,
    industry: TRADES[i % TRADES.length]![0],
    cardDailyCount: 10,
  }))
  const countryMids = Array.from({ length: COUNTRY_MIDS }, (_, i) => ({
    code: `MID-N${three(i + 1)}`,
    channel: channelOf(i + 6),
    secretRef: `kv/mid-n${three(i + 1)}`,
    dailyAmount: 30_000_000,
  }))
  return { cityMids, tradeMids, countryMids }
}

function routingOf(merchants: readonly ExampleMerchant[]): object {
  const channels = channelsOf()
  const { cityMids, tradeMids, countryMids } = midsOf(merchants)
  const shared = { approvedBy: 'risk committee', reference: 'RC-2026-11' }
  const minSuccess = { ppm: 900_000, window: 200, minSamples: 30 }
  return {
    timeZone: 'Asia/Shanghai',
    channels,
    mids: [...cityMids, ...tradeMids, ...countryMids],
    pools: [
      ...CITIES.map((region) => ({
        code: `P-CITY-${region}`,
        mids: cityMids.filter((mid) => mid.region === region).map(({ code }) => code),
        order: 'priority',
        minSuccess,
      })),
      ...TRADES.map(([mcc]) => ({
        code: `P-TRADE-${mcc}`,
        mids: tradeMids.filter(({ industry }) => industry === mcc).map(({ code }) => code),
        order: 'cost',
        minSuccess,
        shared,
        maxCreditPpm: 800_000,
        ratioFrom: 50_000_000,
      })),
      {
        code: 'P-COUNTRY',
        mids: countryMids.map(({ code }) => code),
        order: 'random',
        dailyAmount: 180_000_000,
        shared,
      },
    ],
    merchants: merchants.map(({ id, mcc, region }) => ({
      merchant: id,
      routes: WAYS.map(([method, type]) => ({
        method,
        type,
        pools: [`P-CITY-${region}`, `P-TRADE-${mcc}`, 'P-COUNTRY'],
      })),
    })),
  }
}

function paymentsOf(
  day: string,
  d: number,
  merchants: readonly ExampleMerchant[],
  count: number,
  random: () => number,
  pick: <T>(list: readonly T[]) => T,
): object[] {
  const made = Array.from({ length: count }, () => {
    // The front merchants have most of the payments.
    const merchant = merchants[Math.floor(random() ** 2 * merchants.length)]!
    const [, median, hours, busiest] = TRADES.find(([mcc]) => mcc === merchant.mcc)!
    const hour = random() < 0.35 ? busiest : pick(hours)
    // Log-normal around the trade's median: e^(0.6 × a normal variable).
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    const amount = Math.max(100, Math.round((median * Math.exp(0.6 * normal)) / 10) * 10)
    const [method, type] = pick(WAYS)
    const second = hour * 3600 + Math.floor(random() * 3600)
    const failed = random()
    return {
      second,
      line: {
        merchant: merchant.id,
        method,
        type,
        amount,
        ...(random() < 0.9 ? { issuer: pick(ISSUERS), cardType: random() < 0.55 ? 'debit' : 'credit' } : {}),
        cardToken: `card-token-${String(Math.floor(random() * 50_000)).padStart(5, '0')}`,
        ...(failed < 0.02
          ? { outcome: 'failure', failure: 'declined' }
          : failed < 0.025
            ? { outcome: 'failure', failure: 'channel_error' }
            : {}),
      },
    }
  }).sort((a, b) => a.second - b.second)
  return made.map(({ second, line }, i) => {
    const clock = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60]
      .map((n) => String(n).padStart(2, '0'))
      .join(':')
    return {
      serial: `${day.replaceAll('-', '')}-${d}${String(i + 1).padStart(7, '0')}`,
      at: `${day}T${clock}+08:00`,
      ...line,
    }
  })
}

/** One level after the other: where none can be made (/proc), Node 20's own `recursive` never ends. */
function makeFolder(dir: string): void {
  if (existsSync(dir)) {
    if (!statSync(dir).isDirectory()) throw new Error(`${dir} is a file`)
    return
  }
  makeFolder(dirname(dir))
  mkdirSync(dir)
}

export function writeExample(dir: string, seed: number, payments: number): string {
  const { routing, merchants, payments: lines } = makeExample(seed, payments)
  try {
    makeFolder(resolve(dir))
  } catch (error) {
    throw new BadInput(`--out ${dir}: expected a folder, or where one can be made (${(error as Error).message})`)
  }
  writeFileSync(join(dir, 'routing.json'), `${JSON.stringify(routing, null, 1)}\n`)
  writeFileSync(join(dir, 'merchants.json'), `${JSON.stringify(merchants, null, 1)}\n`)
  writeFileSync(join(dir, 'payments.ndjson'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return `${dir}: routing.json (10 channels, 500 MIDs, 2,000 merchants), merchants.json, payments.ndjson (${lines.length.toLocaleString('en')} lines)`
}
