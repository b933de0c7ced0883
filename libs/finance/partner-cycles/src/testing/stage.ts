import { Proposals } from '@lijian/approvals'
import { fundingKinds } from '@lijian/partner-funding'
import { testDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import { cycleKinds } from '../changes'
import { PartnerCycles } from '../cycles'

const RULE = { timeZone: 'Asia/Shanghai', cutOff: '24:00' }

interface Given {
  campaign: string
  fen: number
  event?: 'capture' | 'void' | 'refund'
  mode?: 'prepay' | 'postpay'
  partner?: string
  /** What others bear of the same offer. */
  othersFen?: number
  serial?: string
  name?: string
}

/** Days made by hand on a real database: what is posted, closed, issued and paid. Time is what is closed: the next day is the open one. */
export class CycleStage {
  readonly proposals: Proposals
  readonly cycles: PartnerCycles
  private serials = 0

  private constructor(
    readonly url: string,
    readonly pool: Pool,
    private readonly drop: () => Promise<void>,
    now?: () => number,
  ) {
    this.proposals = new Proposals(pool, { ...fundingKinds(RULE), ...cycleKinds(RULE) })
    this.cycles = new PartnerCycles(pool, now)
  }

  static async open(now?: () => number): Promise<CycleStage> {
    const { url, drop } = await testDatabase()
    const pool = new Pool({ connectionString: url, max: 6 })
    // The database is dropped while its last connections still say goodbye.
    pool.on('error', () => undefined)
    return new CycleStage(url, pool, drop, now)
  }

  async partner(code: string, paidInFen = 0): Promise<void> {
    await this.pool.query(`INSERT INTO partner (code, name, warn_below_fen) VALUES ($1, $1, 1000)`, [code])
    if (paidInFen > 0) await this.two('receipt', code, this.receipt(paidInFen))
  }

  async campaign(
    code: string,
    partner: string,
    fundingCycle: string | undefined,
    from: string,
    to?: string,
    version = 1,
  ): Promise<void> {
    const document = {
      code,
      name: code,
      from,
      to,
      fundingCycle,
      funders: [{ partner, sharePpm: 1_000_000 }],
      offers: [{ code: `${code}-O` }],
    }
    await this.pool.query(
      `INSERT INTO campaign (code, live_version, latest_version) VALUES ($1, $2, $2) ON CONFLICT (code) DO UPDATE SET live_version = $2`,
      [code, version],
    )
    await this.pool.query(
      `INSERT INTO campaign_version (code, version, document, state, maker, checker) VALUES ($1, $2, $3, 'approved', 'm', 'c')`,
      [code, version, JSON.stringify(document)],
    )
  }

  async post(
    day: string,
    {
      campaign,
      fen,
      event = 'capture',
      mode = 'postpay',
      partner = 'CCB',
      othersFen = 0,
      serial = `S${++this.serials}`,
      name = '满减',
    }: Given,
    version = 1,
  ): Promise<string> {
    const sign = event === 'capture' ? 1 : -1
    const funders = [{ partner, amountFen: fen }, ...(othersFen ? [{ partner: 'ZIBO', amountFen: othersFen }] : [])]
    const offer = {
      campaign,
      version,
      code: `${campaign}-O`,
      name,
      kind: 'amount',
      delivery: 'instant',
      paymentMode: mode,
      discountFen: fen + othersFen,
      funders,
    }
    const account = mode === 'prepay' ? 'prepaid' : 'receivable'
    await this.pool.query(
      `INSERT INTO journal (business_date, event, client, serial, merchant, detail, accounts, amounts_fen) VALUES ($1, $2, 'T', $3, 'M1', $4, $5, $6)`,
      [
        ...[day, event, serial, JSON.stringify({ amountFen: 10_000, paymentMethod: 'qr', offers: [offer] })],
        [`${account}/${partner}`, ...(othersFen ? ['receivable/ZIBO'] : []), 'merchant-discount/M1'],
        [sign * fen, ...(othersFen ? [sign * othersFen] : []), -sign * (fen + othersFen)],
      ],
    )
    return serial
  }

  /** As freezing does once the date is over; what people post from here on has the next date. */
  async close(day: string): Promise<void> {
    await this.pool.query(`INSERT INTO business_day (business_date) VALUES ($1) ON CONFLICT DO NOTHING`, [day])
  }

  receipt = (amount: number) => ({
    amount,
    valueDate: '2026-11-01',
    bankReference: `R-${++this.serials}`,
    evidence: 'x',
  })

  /** Entered by one, approved by another. */
  async two(kind: Parameters<Proposals['propose']>[0], subject: string, body: object) {
    const { id, hash } = await this.proposals.propose(kind, subject, body, 'maker')
    return this.proposals.approve(id, hash, 'checker')
  }

  pay = (cycle: number, amount: number, partner = 'CCB') =>
    this.two('collection', partner, { cycle, ...this.receipt(amount) })

  /** Oldest first, as `partner cycle period state opening+charged-returned-collected-adjusted=closing due/open`. */
  async table(): Promise<string[]> {
    const { cycles } = await this.cycles.list({ limit: 500 })
    return cycles
      .reverse()
      .map(
        (c) =>
          `${c.partner} ${c.cycle} ${c.period} ${c.state} ${c.opening}+${c.charged}-${c.returned}-${c.collected}-${c.adjusted}=${c.closing} due ${c.due} open ${c.open}`,
      )
  }

  async balance(account: string): Promise<number> {
    const { rows } = await this.pool.query(
      `SELECT coalesce(sum(l.fen), 0)::float8 AS fen FROM journal, unnest(accounts, amounts_fen) AS l (account, fen) WHERE l.account = $1`,
      [account],
    )
    return rows[0].fen
  }

  async shut(): Promise<void> {
    await this.pool.end()
    await this.drop()
  }
}
