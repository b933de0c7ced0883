import { TRANSACTION_VERSION, type Key, type TransactionRow } from '@lijian/database'

const EMPTY_FEE = { original: 0, final: 0, saved: 0 }

/** Remembers that something came for a serial that holds nothing: a query arriving later is answered no_offer. */
export function emptyRow({ client, serial }: Key, nowMs: number, version: number): TransactionRow {
  return {
    client,
    serial,
    version,
    marketingSerial: '',
    state: 'no_offer',
    merchant: '',
    bodyHash: '',
    amountFen: 0,
    payableFen: 0,
    chargesAre: 'none',
    charges: [],
    record: {
      v: TRANSACTION_VERSION,
      discountFen: 0,
      fee: EMPTY_FEE,
      offers: [],
      released: [],
      first: null,
      reasons: null,
      facts: null,
      fees: null,
      result: null,
      voidKeepsCount: [],
      reversedBy: null,
      emptyBecause: 'unknown_original',
      notify: false,
    },
    holdExpiresAt: null,
    businessDate: null,
    createdAt: new Date(nowMs).toISOString(),
  }
}
