import { Agent, request as send, type IncomingMessage } from 'node:http'
import { Client } from 'pg'
import { openedBy, SCOPES, type Scope } from '@lijian/contracts/people'
import { noteChanges } from './row-changes'
import { CANARIES, PERSON } from './odd'
import type { Operation } from './operations'
import type { WalkRequest } from './request'
import type { TestApi } from '../test-api'

/** Longer is a hang, unless it is quick when it is sent again alone: a busy machine is slow by itself. */
const HANG_MS = 2000
/** A file is read by a thread of its own, whose start takes as long as a busy machine likes. */
const FILE_HANG_MS = 15_000
const GIVE_UP_MS = 30_000

/** Refused or not, these keep a record of what was tried: a reversal that came first refuses the payment that comes behind it, a wrong password counts. */
const KEEPS_RECORD: Record<string, string> = {
  reverseTransaction: 'marketing_transaction',
  voidTransaction: 'marketing_transaction',
  importCardGroup: 'group_import',
  importCustomerGroup: 'group_import',
  importMerchantGroup: 'group_import',
  importMerchants: 'group_import',
  importBill: 'bill_import',
  signIn: 'sign_in_failure',
}

/** Documents hold nothing personal: their faults say which word was found. Long numbers are left out of it. */
const SHOWS_FOUND = new Set([
  'putRouting',
  'putCampaign',
  'checkCampaign',
  'putRuleTemplate',
  'previewRuleTemplate',
  'makeCampaignFromTemplate',
])

/** An address that reaches its operation: other ones may be refused before anybody asks for a key. */
const PLAIN = /^(\/(?!\.\.?(\/|\?|$))[A-Za-z0-9._~:@-]{1,128})+(\?|$)/

export interface Told {
  status: number
  type: string
  text: string
  ms: number
}

/** Sends requests with each kind of key, and says what is wrong with an answer. */
export class Walker {
  requests = 0
  slow = 0
  readonly keys: Record<string, string | undefined> = {}
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 8 })
  private logged = 0

  private constructor(
    private readonly api: TestApi,
    readonly sql: Client,
  ) {}

  static async open(api: TestApi): Promise<Walker> {
    const sql = new Client({ connectionString: api.url })
    await sql.connect()
    const walker = new Walker(api, sql)
    await walker.makeKeys()
    await noteChanges(sql)
    return walker
  }

  async close(): Promise<void> {
    this.agent.destroy()
    await this.sql.end()
  }

  private async makeKeys(): Promise<void> {
    await this.api.ask('maker', 'PUT', '/v1/clients/walker', { name: 'walker' })
    const make = async (name: string, scopes: readonly Scope[]) =>
      (await this.api.ask('maker', 'POST', '/v1/api-keys', { client: 'walker', name, scopes })).body as {
        id: string
        key: string
      }
    const revoked = await make('revoked', SCOPES)
    await this.api.ask('maker', 'POST', `/v1/api-keys/${revoked.id}/revoke`)
    const all = (await make('all', SCOPES)).key
    Object.assign(this.keys, {
      none: undefined,
      malformed: `Bearer ${all}x`,
      scheme: `Basic ${all}`,
      revoked: `Bearer ${revoked.key}`,
    })
    for (const scope of SCOPES) this.keys[scope] = `Bearer ${(await make(scope, [scope])).key}`
    this.keys.all = `Bearer ${all}`
  }

  /** What a key may be told, or undefined where it has the right. */
  refusalOf(operation: Operation, key: string): 401 | 403 | undefined {
    const isOpen = operation.scopes.length === 0 && !operation.signedIn
    if (isOpen || key === 'all' || openedBy([key as Scope]).some((one) => operation.scopes.includes(one)))
      return undefined
    if (operation.signedIn && (SCOPES as readonly string[]).includes(key)) return undefined
    return (SCOPES as readonly string[]).includes(key) ? 403 : 401
  }

  /** Sends it and names what is wrong; nothing: it is right. */
  async faultsOf(operation: Operation, key: string, asked: WalkRequest, { alone = true } = {}): Promise<string[]> {
    let told = await this.tell(operation, key, asked)
    const faults = this.wrong(operation, key, told, PLAIN.test(asked.target))
    if (alone && told.status >= 400) faults.push(...(await this.changes(KEEPS_RECORD[operation.id])))
    const mostMs = operation.takes.length > 0 ? FILE_HANG_MS : HANG_MS
    for (let again = 0; told.ms > mostMs && again < 4; again++) {
      this.slow++
      told = await this.tell(operation, key, asked)
    }
    if (told.ms > mostMs) faults.push(`took ${Math.round(told.ms)} ms, five times`)
    return faults
  }

  /** Tables that were changed since the last look, each with the statement; forgets them. */
  async changes(except = ''): Promise<string[]> {
    const { rows } = await this.sql.query<{ text: string }>(
      `WITH gone AS (DELETE FROM walk.change RETURNING *) SELECT DISTINCT "table" || ' changed by ' || statement AS text FROM gone WHERE "table" <> $1`,
      [except],
    )
    return rows.map(({ text }) => text)
  }

  async forgetChanges(): Promise<void> {
    await this.sql.query('DELETE FROM walk.change')
  }

  private wrong(operation: Operation, key: string, { status, type, text }: Told, reaches: boolean): string[] {
    const faults: string[] = []
    const expected = this.refusalOf(operation, key)
    const right = status === expected || (!reaches && [400, 401, 403, 404, 405].includes(status))
    if (expected !== undefined && !right) faults.push(`answers ${status} in place of ${expected}`)
    if (status >= 500) faults.push(`answers ${status}: ${text.slice(0, 300)}`)
    if (status < 0) faults.push(`no answer: ${text}`)
    if (status >= 400 && !type.startsWith('application/problem+json')) faults.push(`answers ${status} as ${type}`)
    const logs = this.api.logs.slice(this.logged).join('\n')
    this.logged = this.api.logs.length
    for (const canary of CANARIES) {
      const shown = SHOWS_FOUND.has(operation.id) && canary === PERSON
      if (status >= 400 && !shown && text.includes(canary)) faults.push(`the answer ${status} repeats ${canary}`)
      if (logs.includes(canary)) faults.push(`the log repeats ${canary}`)
    }
    const secret = /lj_[^_]+_(.+)/.exec(this.keys[key] ?? '')?.[1]
    if (secret !== undefined && (text + logs).includes(secret)) faults.push('the key is repeated')
    return faults
  }

  private async tell({ method }: Operation, key: string, { target, headers, body }: WalkRequest): Promise<Told> {
    this.requests++
    const begun = performance.now()
    const authorization = this.keys[key]
    const told = await new Promise<Omit<Told, 'ms'>>((resolve) => {
      const failed = (error: Error) => resolve({ status: -1, type: '', text: error.message })
      const bytes = body === undefined ? undefined : Buffer.from(body)
      const all = {
        ...headers,
        ...(authorization === undefined ? {} : { authorization }),
        ...(bytes === undefined ? {} : { 'content-length': bytes.length }),
      }
      const asking = send(
        this.api.base + target,
        { method, agent: this.agent, headers: all },
        (reply: IncomingMessage) => {
          const parts: Buffer[] = []
          reply.on('data', (part: Buffer) => parts.push(part))
          reply.once('error', failed)
          reply.once('end', () =>
            resolve({
              status: reply.statusCode!,
              type: reply.headers['content-type'] ?? '',
              text: Buffer.concat(parts).toString(),
            }),
          )
        },
      )
      asking.setTimeout(GIVE_UP_MS, () => asking.destroy(new Error(`none within ${GIVE_UP_MS} ms`)))
      asking.once('error', failed)
      asking.end(bytes)
    })
    return { ...told, ms: performance.now() - begun }
  }
}
