import { Client } from 'pg'
import { cardNumber } from './card-numbers'
import { campaign, payment } from './documents'
import type { Answer, TestApi } from './test-api'
import { send } from './upload'

export const lines = (values: readonly string[]): string => `${values.join('\n')}\n`

const RULE = { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1_500 }] } }

/** What tests of groups do and ask, over one API. */
export class Groups {
  private serial = 0

  constructor(
    readonly api: TestApi,
    private readonly prefix = 'Q',
  ) {}

  /** An import; what waits because of it is approved by another person. */
  async cards(code: string, values: readonly string[], query = ''): Promise<Answer> {
    return this.approved(await send(this.api, `/v1/card-groups/${code}/imports${query}`, lines(values)))
  }

  async customers(code: string, values: readonly string[]): Promise<Answer> {
    return this.approved(await send(this.api, `/v1/customer-groups/${code}/imports`, lines(values)))
  }

  async approved(imported: Answer): Promise<Answer> {
    const { proposal } = imported.body
    if (proposal === undefined) return imported
    const { body } = await this.api.ask('checker', 'GET', `/v1/proposals/${String(proposal)}`)
    const { hash } = body
    const answer = await this.api.ask('checker', 'POST', `/v1/proposals/${String(proposal)}/approve`, { hash })
    if (answer.status !== 200) throw new Error(answer.text)
    return imported
  }

  /** A live offer of a merchant of its own, so that the tests do not meet each other's. */
  async live(code: string, conditions: object, offer: object = {}): Promise<void> {
    const rule = { ...RULE, conditions }
    const document = campaign({ code }, { code: `${code}-O`, merchants: [code], rule, ...offer })
    for (const answer of [
      await this.api.ask('maker', 'PUT', `/v1/campaigns/${code}`, document),
      await this.api.ask('checker', 'POST', `/v1/campaigns/${code}/approve`),
    ])
      if (answer.status !== 200) throw new Error(answer.text)
  }

  get lastSerial(): string {
    return `${this.prefix}${this.serial - 1}`
  }

  /** The state of a new payment, or why it got nothing. */
  async outcome(merchantId: string, changed: Record<string, unknown>): Promise<string> {
    const body = payment(`${this.prefix}${this.serial++}`, { merchant: merchantId, ...changed })
    const answer = await this.api.ask('system', 'POST', '/v1/transactions?explain=true', body)
    const { state, reasons } = answer.body as { state: string; reasons?: { offer: string; reason: string }[] }
    return state === 'no_offer' ? reasons!.find(({ offer }) => offer === `${merchantId}-O`)!.reason : state
  }

  /** Newest first. */
  async imports(code: string): Promise<Record<string, unknown>[]> {
    const { body } = await this.api.ask('checker', 'GET', `/v1/imports?code=${code}`)
    return body.imports as Record<string, unknown>[]
  }

  async sql<T extends object>(text: string, values: unknown[] = []): Promise<T[]> {
    const db = new Client({ connectionString: this.api.url })
    await db.connect()
    const { rows } = await db.query<T>(text, values)
    await db.end()
    return rows
  }
}

export const withCard = (n: number) => ({ card: { pan: cardNumber(n) } })
