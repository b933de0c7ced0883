import type { Kind } from './fault'
import { smallMerchant } from './furnish'
import type { Load, Payment } from './load'

/** What was told under one fault: a copy, which may be changed. */
export type Told = Pick<Load, 'name' | 'payments' | 'queries'>

/** What a fault of one kind could do if a mechanism were missing, done by hand; and what must be said of it. */
export interface Planted {
  bug: string
  /** The payment that it hits. */
  victim: (payment: Payment) => boolean
  /** Another payment that the bug needs: a fault under which there is none is not taken. */
  beside?: (payment: Payment) => boolean
  /** Changes what was told, or returns the SQL that changes what is stored. */
  plant: (victim: Payment, told: Told, n: number) => string | void
  says: RegExp
}

const told = ({ told: answers }: Payment, state: string) =>
  answers.length > 0 && answers.every((answer) => answer.state === state)
const isWaiting = (payment: Payment) => told(payment, 'held') && payment.outcome === undefined
const isConfirmed = ({ ended }: Payment) => ended === 'confirmed'
const isRefused = (payment: Payment) => told(payment, 'no_offer') && payment.outcome === undefined

const update = (set: string) => (victim: Payment) =>
  `UPDATE marketing_transaction SET ${set} WHERE serial = '${victim.serial}'`
/** One more payment like that one. */
const copy = (serial: string, as: string) =>
  `INSERT INTO marketing_transaction SELECT (jsonb_populate_record(t, '{"serial": "${as}"}')).* FROM marketing_transaction t WHERE serial = '${serial}'`
const counter = (merchant: string, change: string) =>
  `UPDATE counter SET used_count = used_count ${change} 1, used_fen = used_fen ${change} 1500 WHERE key LIKE 'C-${merchant}#budget%'`

const NO_LONGER_HELD = `charges_are = 'none', charges = '[]', hold_expires_at = NULL`
const COUNTERS = /counters = sum of what transactions and routes hold and use/

export const PLANTED: Record<Kind, Planted[]> = {
  clock: [
    {
      bug: 'a hold that ends by the clock of a process',
      victim: isWaiting,
      plant: update(`state = 'expired', ${NO_LONGER_HELD}`),
      says: /told held, and it is expired/,
    },
  ],
  process: [
    {
      bug: 'a hold that is told before it is committed',
      victim: isWaiting,
      plant: ({ serial }) => `DELETE FROM marketing_transaction WHERE serial = '${serial}'`,
      says: /told held, and it is undefined/,
    },
    {
      bug: 'a hold that the next process does not know, so that its success is no offer',
      victim: isConfirmed,
      plant: (victim) => void (victim.ended = 'no_offer'),
      says: /told held, and not funded/,
    },
  ],
  postgres: [
    {
      bug: 'a capture that was told and is not on the disk',
      victim: isConfirmed,
      plant: ({ serial }) => `DELETE FROM journal WHERE serial = '${serial}' AND event = 'capture'`,
      says: /confirmed, and captured 0 times/,
    },
  ],
  road: [
    {
      bug: 'a batch whose reply was lost is done again: its money',
      victim: isConfirmed,
      plant: ({ serial }) => `DROP INDEX journal_once;
        INSERT INTO journal (business_date, event, client, serial, merchant, clearing_system, detail, accounts, amounts_fen)
        SELECT business_date, event, client, serial, merchant, clearing_system, detail, accounts, amounts_fen FROM journal
        WHERE serial = '${serial}' AND event = 'capture'`,
      says: /confirmed, and captured 2 times/,
    },
    {
      bug: 'a batch whose reply was lost is done again: its counters',
      victim: isConfirmed,
      plant: ({ merchant }) => counter(merchant, '+'),
      says: COUNTERS,
    },
    {
      bug: 'an answer that came too late, and an undo that is not written',
      victim: isRefused,
      beside: isWaiting,
      plant: ({ serial }, { payments }) => `DELETE FROM marketing_transaction WHERE serial = '${serial}';
        ${copy(payments.find(isWaiting)!.serial, serial)}`,
      says: /told no offer, and still held/,
    },
    {
      bug: 'no answer at all: the client waits until it has had enough',
      victim: () => true,
      plant: ({ merchant }, { queries }) => void queries.push({ atMs: 0, tookMs: 15_000, merchant, said: 'silent' }),
      says: /got no answer/,
    },
  ],
  rows: [
    {
      bug: 'a batch that was parted, and a part without its counter',
      victim: isConfirmed,
      plant: ({ merchant }) => counter(merchant, '-'),
      says: COUNTERS,
    },
  ],
  twice: [
    {
      bug: 'the undo of a late duplicate takes the hold that another process has told of',
      victim: isWaiting,
      plant: update(`state = 'no_offer', ${NO_LONGER_HELD}`),
      says: /told held, and it is no_offer/,
    },
    {
      bug: 'two answers to one query, and the one that was paid by is not what stands',
      victim: isConfirmed,
      plant: update('payable_fen = amount_fen'),
      says: /paid 8500, and 10000 stands without a case/,
    },
  ],
  crowd: [
    {
      bug: 'the last grant of a budget given twice',
      victim: isConfirmed,
      plant: (_, told, n) => copy(ofSmall(told, n), 'once-more'),
      says: /a budget of 8 is at 9/,
    },
    {
      bug: 'a grant that nobody gets any more',
      victim: isConfirmed,
      plant: (_, told, n) => `DELETE FROM marketing_transaction WHERE serial = '${ofSmall(told, n)}'`,
      says: /a budget of 8 is at 7/,
    },
    {
      bug: 'a process that takes PostgreSQL to be away for ever',
      victim: isConfirmed,
      plant: (_, { queries }) => {
        for (const query of queries) if (query.said === 'held') query.said = 'no_offer unavailable'
      },
      says: /no payment was held again/,
    },
  ],
}

const ofSmall = ({ payments }: Told, n: number): string =>
  payments.find((one) => one.merchant === smallMerchant(n) && isConfirmed(one))!.serial
