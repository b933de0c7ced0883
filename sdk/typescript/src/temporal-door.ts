import { mustHoldNoCard, type ErrorCode, type FieldError, type LijianError } from '@lijian/contracts/system'
import type { ReverseKind } from '@lijian/contracts/marketing'
import { customerToken, edgeCard, IDENTITY_KINDS, identityTokens, passesLuhn, signDoorCall } from '@lijian/privacy'
import {
  askedSummary,
  CONFIRM_UPDATE,
  QUERY_UPDATE,
  STATE_QUERY,
  TASK_QUEUE,
  transactionWorkflowId,
  WORKFLOW_TYPE,
  type FlowView,
  type TokenCard,
  type TokenPayment,
  type TokenResult,
  type TransactionEnd,
} from '@lijian/workflow-transaction'
import {
  REVERSE_UPDATE,
  reverseWorkflowId,
  WORKFLOW_TYPE as REVERSE_TYPE,
  type ReverseEnd,
  type ReverseRequestInput,
} from '@lijian/workflow-reversal'
import {
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { LijianClientError } from './error'
import { repeat } from './retry'
import {
  withoutOffer,
  type LijianDoor,
  type Payment,
  type PaymentResult,
  type ReverseAnswer,
  type TransactionAnswer,
} from './types'

export interface TemporalDoorOptions {
  /** Of the namespace in which Lijian's workflows live; with `encryptedDataConverter` where payloads are encrypted. */
  client: Client
  /** The code under which Lijian knows this transaction system. */
  clientCode: string
  /** Of this client, with the scope transactions. It signs each call here and never travels: whoever else reaches Temporal pays in nobody's name. */
  apiKey: string
  taskQueue?: string
  /**
   * The installation's token key: card numbers and customers become tokens here, before anything leaves this process. While the installation has
   * several: the current one first, then the earlier ones, the last of them first, so that limits of running periods go on.
   */
  tokenKey?: Buffer | readonly Buffer[]
  timeoutMs?: number
  queryTimeoutMs?: number
  retries?: number
  /** As PUT /v1/clients says it: what this system numbers itself passes for card numbers by chance. */
  serialsMayLookLikeCards?: boolean
}

/** An update's argument, and the sentence that the flow has in the Temporal UI if the update starts it. */
interface Call {
  argument: object
  summary: string
}

/** The door for a transaction system that is a Temporal client itself. */
export class TemporalDoor implements LijianDoor {
  readonly #options: Required<Omit<TemporalDoorOptions, 'tokenKey'>> & Pick<TemporalDoorOptions, 'tokenKey'>

  constructor(options: TemporalDoorOptions) {
    this.#options = {
      taskQueue: TASK_QUEUE,
      timeoutMs: 10_000,
      queryTimeoutMs: 1000,
      retries: 5,
      serialsMayLookLikeCards: false,
      ...options,
    }
  }

  async query(payment: Payment): Promise<TransactionAnswer> {
    const { serial } = payment
    this.#holdsNoCard(payment)
    const ask = this.#tokenPayment(payment)
    try {
      const call = { argument: ask, summary: askedSummary(ask) }
      return await this.#update<TransactionAnswer>(serial, QUERY_UPDATE, call, this.#options.queryTimeoutMs)
    } catch (error) {
      if (!(error instanceof LijianClientError) || !error.info.retryable) throw error
      return withoutOffer(payment, error.code === 'timeout' ? 'deadline' : 'unavailable')
    }
  }

  async result(serial: string, { card, ...rest }: PaymentResult): Promise<TransactionAnswer> {
    this.#holdsNoCard({ serial, upstreamSerial: rest.upstreamSerial })
    const result: TokenResult = card === undefined ? rest : { ...rest, card: this.#tokenCard(card) }
    const { timeoutMs, retries } = this.#options
    // Starts a run only where none runs any more.
    const call = { argument: result, summary: 'late result of a payment that was over' }
    return repeat(() => this.#update<TransactionAnswer>(serial, CONFIRM_UPDATE, call, timeoutMs), { retries })
  }

  reversal(serial: string, reverseSerial: string): Promise<ReverseAnswer> {
    return this.#reverse('reversal', serial, reverseSerial)
  }

  void(serial: string, reverseSerial: string): Promise<ReverseAnswer> {
    return this.#reverse('void', serial, reverseSerial)
  }

  /** What the transaction's workflow knows and waits for; undefined: there is no workflow of that serial. */
  async state(serial: string): Promise<FlowView | undefined> {
    const { client, clientCode } = this.#options
    try {
      return await client.workflow.getHandle(transactionWorkflowId(clientCode, serial)).query<FlowView>(STATE_QUERY)
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined
      throw clientError(error)
    }
  }

  async #update<Answer>(serial: string, name: string, { argument, summary }: Call, timeoutMs: number): Promise<Answer> {
    const { client, clientCode, taskQueue } = this.#options
    const send = () =>
      client.workflow.executeUpdateWithStart<() => Promise<TransactionEnd>, Answer, [object, string]>(name, {
        args: [argument, this.#sign(name, serial, argument)],
        // Closed in the meantime (a late result): another run takes it to the same door.
        startWorkflowOperation: new WithStartWorkflowOperation(WORKFLOW_TYPE, {
          workflowId: transactionWorkflowId(clientCode, serial),
          taskQueue,
          args: [{ client: clientCode, serial }],
          staticSummary: summary,
          workflowIdConflictPolicy: 'USE_EXISTING',
        }),
      })
    try {
      return await client.connection.withDeadline(Date.now() + timeoutMs, send)
    } catch (error) {
      throw clientError(error)
    }
  }

  async #reverse(kind: ReverseKind, originalSerial: string, serial: string): Promise<ReverseAnswer> {
    this.#holdsNoCard({ serial, originalSerial })
    const { client, clientCode, taskQueue, timeoutMs, retries } = this.#options
    const asked = { ask: kind, client: clientCode, serial, originalSerial }
    const startWorkflowOperation = (token: string) =>
      new WithStartWorkflowOperation(REVERSE_TYPE, {
        workflowId: reverseWorkflowId(kind, clientCode, serial),
        taskQueue,
        args: [{ ...asked, token } satisfies ReverseRequestInput],
        staticSummary: `${kind} of ${originalSerial}`,
        // A repetition meets its own run, or asks again and hears the same.
        workflowIdConflictPolicy: 'USE_EXISTING',
      })
    const attempt = async (): Promise<ReverseAnswer> => {
      const token = this.#sign(kind, serial, originalSerial)
      try {
        return await client.connection.withDeadline(Date.now() + timeoutMs, () =>
          client.workflow.executeUpdateWithStart<() => Promise<ReverseEnd>, ReverseAnswer, [string, string]>(
            REVERSE_UPDATE,
            { args: [originalSerial, token], startWorkflowOperation: startWorkflowOperation(token) },
          ),
        )
      } catch (error) {
        throw clientError(error)
      }
    }
    return repeat(attempt, { retries })
  }

  #sign(ask: string, serial: string, argument: unknown): string {
    const { apiKey, clientCode: client } = this.#options
    return signDoorCall(apiKey, { ask, client, serial, argument }, Date.now())
  }

  /** Serials are parts of ids of workflows: what is refused must not have come so far. */
  #holdsNoCard(numbered: Parameters<typeof mustHoldNoCard>[0]): void {
    try {
      mustHoldNoCard(numbered, this.#options.serialsMayLookLikeCards)
    } catch (error) {
      const [fault] = (error as LijianError).extra.errors ?? []
      throw fault === undefined ? error : invalid(`${fault.path}: ${fault.message}`)
    }
  }

  #tokenPayment(payment: Payment): TokenPayment {
    const { serial: _, card, customer, identities, ...rest } = payment
    if (customer !== undefined) checkName('customer', customer)
    if (identities !== undefined) checkIdentities(identities)
    return {
      ...rest,
      ...(card === undefined ? {} : { card: this.#tokenCard(card) }),
      ...(customer === undefined ? {} : { customerToken: customerToken(this.#tokenKeys()[0], customer) }),
      ...(identities === undefined ? {} : { identityTokens: identityTokens(this.#tokenKeys()[0], identities) }),
      ...this.#earlier(customer, identities),
    }
  }

  #tokenCard(card: NonNullable<Payment['card']>): TokenCard {
    if (typeof card !== 'object' || card === null) throw invalid('card: expected an object')
    if (!('pan' in card)) return card
    // The digits are not repeated: an error travels into logs and tickets.
    if (typeof card.pan !== 'string' || !/^[0-9]{12,19}$/.test(card.pan))
      throw invalid('card.pan: expected 12 to 19 digits')
    if (!passesLuhn(card.pan)) throw invalid('card.pan: fails the Luhn check')
    const [key, ...before] = this.#tokenKeys()
    const { token, bin, last4, earlier } = edgeCard(key, card.pan, before)
    return { token, ...(bin ? { bin } : {}), ...(last4 ? { last4 } : {}), ...(earlier ? { earlier } : {}) }
  }

  /** What customer and identities are under earlier keys. */
  #earlier(customer: string | undefined, identities: Payment['identities']): Pick<TokenPayment, 'earlier'> {
    if (customer === undefined && identities === undefined) return {}
    const [key, ...before] = this.#tokenKeys()
    if (before.length === 0) return {}
    const tokensBy = (one: Buffer) => [
      ...(customer === undefined ? [] : [customerToken(one, customer)]),
      ...(identities === undefined ? [] : Object.values(identityTokens(one, identities))),
    ]
    const tokens = before.map(tokensBy)
    const pairs = tokensBy(key).map((token, i) => [token, tokens.map((under) => under[i]!)] as const)
    // What came as a token is the same under every key.
    return { earlier: Object.fromEntries(pairs.filter(([token, under]) => under.some((one) => one !== token))) }
  }

  #tokenKeys(): readonly [Buffer, ...Buffer[]] {
    const { tokenKey } = this.#options
    const [key, ...before] = tokenKey === undefined ? [] : Buffer.isBuffer(tokenKey) ? [tokenKey] : tokenKey
    if (key) return [key, ...before]
    throw new LijianClientError(
      'token_key_missing',
      'a card number, customer or identity needs `tokenKey`: only tokens pass the Temporal door',
      { retryable: false },
    )
  }
}

/** A token hides what it was made of, so the service cannot refuse it. */
function checkName(path: string, value: unknown): void {
  if (typeof value !== 'string' || value.length < 1 || value.length > 128)
    throw invalid(`${path}: expected a text of 1 to 128 characters`)
}

function checkIdentities(identities: unknown): void {
  if (typeof identities !== 'object' || identities === null) throw invalid('identities: expected an object')
  for (const [kind, value] of Object.entries(identities)) {
    if (!IDENTITY_KINDS.some((known) => known === kind)) throw invalid(`identities.${kind}: unknown field`)
    if (value !== undefined) checkName(`identities.${kind}`, value)
  }
}

const invalid = (message: string) => new LijianClientError('invalid_request', message, { retryable: false })

function clientError(error: unknown): LijianClientError {
  if (error instanceof LijianClientError) return error
  const { cause } = error instanceof WorkflowUpdateFailedError ? error : {}
  if (cause instanceof ApplicationFailure) {
    const info = (cause.details?.[0] ?? {}) as { errors?: FieldError[]; state?: string }
    return new LijianClientError(
      cause.type as ErrorCode,
      cause.message,
      { retryable: false, ...info },
      { cause: error },
    )
  }
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isDeadline(error))
    return new LijianClientError('timeout', 'no answer in time', { retryable: true }, { cause: error })
  return new LijianClientError('network', 'the service was not reached', { retryable: true }, { cause: error })
}

function isDeadline(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if ('code' in at && at.code === 4) return true
  return false
}
