import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import type { AnyOutputLine, BacktestReport, Campaign, EventLine, PaymentLine } from '@lijian/contracts/marketing'
import { Backtest, type BacktestOptions } from './backtest'

/** What one side of a back-test has tried. */
export type TriedWorld = Pick<BacktestOptions, 'campaigns' | 'merchants' | 'balances'>

/** Yen and fen are never added: each currency has its payments, its documents and its sums. */
export class Tallies {
  private readonly byCurrency = new Map<string, Backtest>()
  /** Of payments in another currency than the first, so that what returns them is found. */
  private readonly others = new Map<string, string>()
  private first: string | undefined

  constructor(private readonly worlds: readonly TriedWorld[]) {}

  /** One line with its answers, of each world. */
  add(line: PaymentLine | EventLine, answers: readonly AnyOutputLine[]): void {
    this.of(line).add(line, answers)
  }

  private of(line: PaymentLine | EventLine): Backtest {
    if ('event' in line) return this.in(this.others.get(line.originalSerial) ?? this.first ?? this.ofDocuments())
    this.first ??= line.currency
    // A serial that comes again, in whatever currency, is the first one's.
    const known = this.others.get(line.serial)
    if (known === undefined && line.currency !== this.first) this.others.set(line.serial, line.currency)
    return this.in(known ?? line.currency)
  }

  /** A report for each currency, as it comes first; of no payments that of the documents. */
  reports(): BacktestReport[] {
    if (this.byCurrency.size === 0) this.in(this.ofDocuments())
    return [...this.byCurrency.values()].map((tally) => tally.report())
  }

  private ofDocuments(): string {
    return this.worlds[0]!.campaigns[0]?.currency ?? DEFAULT_CURRENCY
  }

  private in(currency: string): Backtest {
    const known = this.byCurrency.get(currency)
    if (known !== undefined) return known
    const [{ campaigns, merchants, balances }, other] = this.worlds as [TriedWorld, TriedWorld?]
    const against: readonly Campaign[] | undefined = other?.campaigns
    const tally = new Backtest({ currency, campaigns, against, merchants, balances })
    this.byCurrency.set(currency, tally)
    return tally
  }
}
