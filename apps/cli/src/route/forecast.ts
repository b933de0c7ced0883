import { stdout } from 'node:process'
import { zoneClock } from '@lijian/calendar'
import {
  clock,
  curveOf,
  forecast as tell,
  FORECAST_DAYS,
  historyOf,
  isFull,
  KINDS,
  RouteReplay,
  ReplayRefusal,
  type Kind,
  type Routing,
} from '@lijian/selection'
import { BadInput } from '../fail'
import { amount } from '../figures'
import { readLines } from '../read-lines'
import { table } from '../table'
import { isPayment, outcomeOf, parseRouteLine, paymentOf, readCompiled, toldOutcome } from './documents'
import { merchantsOf, type RouteOptions } from './route'

const DAYS_OF_WEEK = 7

interface Carried {
  minute: number
  amountFen: number
}

/**
 * When each MID, pool and channel will be full, told at `at` of the file's last day from the same weekday's curves in the file and the day so far; then the day
 * goes on, and what really happened stands beside it.
 */
export async function forecast(options: RouteOptions & { at: string; json?: boolean }): Promise<void> {
  const minute = Number(options.at.slice(0, 2)) * 60 + Number(options.at.slice(3))
  const routing = readCompiled(options.config)
  const merchants = merchantsOf(options.merchants)
  const replay = new RouteReplay({ routing, drawKey: options.drawKey, client: options.client })
  const days = new Map<number, Map<string, Carried[]>>()
  const zone = zoneClock(routing.timeZone)
  await readLines(
    options.payments,
    (text, number) => {
      const line = parseRouteLine(text, () => `${options.payments}:${number}`)
      if (!isPayment(line)) return void replay.result(line.serial, line.mid, outcomeOf(line))
      const payment = paymentOf(line, merchants)
      const { day, minute: of } = zone.at(payment.atMs)
      const carried = days.get(day) ?? new Map<string, Carried[]>()
      days.set(day, carried)
      const { route } = routeOf(() => replay.payment(payment, toldOutcome(line)))
      // What failed has given its place back.
      if (route !== undefined && outcomeOf(line).outcome === 'success')
        for (const kind of KINDS) {
          const key = `${kind} ${route[kind]}`
          const list = carried.get(key)
          if (list === undefined) carried.set(key, [{ minute: of, amountFen: payment.amountFen }])
          else list.push({ minute: of, amountFen: payment.amountFen })
        }
    },
    async () => undefined,
  )
  const last = Math.max(...days.keys())
  const same = [...days.keys()]
    .filter((day) => day < last && (last - day) % DAYS_OF_WEEK === 0)
    .sort((a, b) => b - a)
    .slice(0, FORECAST_DAYS)
  if (same.length === 0)
    throw new BadInput(
      `${options.payments}: expected payments of two days of one weekday, such as 2026-11-18 and 2026-11-25`,
    )
  const rows = KINDS.flatMap((kind) => limited(routing, kind).map((bounds) => lineOf(kind, bounds)))
  report(
    rows.filter((row) => row.expected !== null || row.real !== null),
    options,
    rows.length,
  )

  function lineOf(kind: Kind, { code, hours, limitFen }: ReturnType<typeof limited>[number]): Row {
    const key = `${kind} ${code}`
    const curves = same.flatMap((day) => {
      const carried = days.get(day)!.get(key)
      return carried === undefined ? [] : [curveOf(carried)]
    })
    const today = days.get(last)?.get(key) ?? []
    const soFarFen = today.filter((one) => one.minute < minute).reduce((sum, one) => sum + one.amountFen, 0)
    const { fullAtMinute, expected } = tell({
      history: historyOf(curves),
      hours,
      soFar: soFarFen,
      minute,
      limit: limitFen,
    })
    let carriedFen = 0
    const filled = today.find((one) => isFull((carriedFen += one.amountFen), limitFen))
    return {
      kind,
      code,
      limitFen,
      soFarFen,
      expectedFen: expected,
      expected: fullAtMinute,
      real: filled?.minute ?? null,
    }
  }
}

function limited({ channels, mids, pools }: Routing, kind: Kind) {
  const all = kind === 'channel' ? channels : kind === 'mid' ? mids : pools
  return [...all.values()].flatMap((bounds) => {
    const { code, dailyFen } = bounds
    const hours = 'bothHours' in bounds ? bounds.bothHours : bounds.hours
    return dailyFen === null ? [] : [{ code, hours, limitFen: dailyFen }]
  })
}

interface Row {
  kind: Kind
  code: string
  limitFen: number
  soFarFen: number
  expectedFen: number
  expected: number | null
  /** The first minute by which 99 % of the limit was used. */
  real: number | null
}

const routeOf = (
  decide: () => ReturnType<RouteReplay['payment']>,
): Pick<ReturnType<RouteReplay['payment']>, 'route'> => {
  try {
    return decide()
  } catch (error) {
    if (error instanceof ReplayRefusal) return { route: undefined }
    throw error
  }
}

function report(rows: Row[], { at, json }: { at: string; json?: boolean }, looked: number): void {
  // What is full already needs no forecast.
  const ahead = rows.filter(({ soFarFen, limitFen }) => !isFull(soFarFen, limitFen))
  const errors = ahead
    .flatMap(({ expected, real }) => (expected === null || real === null ? [] : [Math.abs(expected - real)]))
    .sort((a, b) => a - b)
  const missed = ahead.filter(({ expected, real }) => expected === null && real !== null).length
  const falseAlarms = ahead.filter(({ expected, real }) => expected !== null && real === null).length
  const medianMinutes = errors.length === 0 ? null : errors[Math.floor(errors.length / 2)]!
  const alreadyFull = rows.length - ahead.length
  const counts = { at, looked, alreadyFull, both: errors.length, medianErrorMinutes: medianMinutes }
  const figures = { ...counts, missed, falseAlarms }
  if (json === true) return void stdout.write(`${JSON.stringify({ ...figures, rows }, null, 2)}\n`)
  const time = (m: number | null) => (m === null ? 'not today' : clock(m))
  const told = (row: Row) => (isFull(row.soFarFen, row.limitFen) ? 'full already' : time(row.expected))
  const shown = rows
    .sort((a, b) => (a.expected ?? 1441) - (b.expected ?? 1441))
    .map((row) => [row.kind, row.code, amount(row.soFarFen), amount(row.limitFen), told(row), time(row.real)])
  stdout.write(`${table(['', 'code', '>so far', '>limit', `full, told at ${at}`, 'really'], shown)}\n\n`)
  stdout.write(
    `of ${looked} limits ${alreadyFull} were full at ${at}, ${errors.length} more were told and came true, half of them within ${medianMinutes ?? '-'} minutes; ${missed} came without being told, ${falseAlarms} were told and did not come\n`,
  )
}
