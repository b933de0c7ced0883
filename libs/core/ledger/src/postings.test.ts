import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { accountKind, SUSPENSE } from './accounts'
import {
  adjustmentPosting,
  collectionPosting,
  differencePosting,
  grantPosting,
  rebatePayoutPosting,
  returnPosting,
  settlementPosting,
  topUpPosting,
  transferPosting,
  unmatchedReceiptPosting,
  withdrawalPosting,
  writeOffPosting,
  type GivenOffer,
  type Posting,
} from './postings'

const fen = (yuan: string) => Math.round(Number(yuan.replaceAll(',', '')) * 100)

/** `CCB 10.50, ZIBO 4.50` */
const shares = (text: string) =>
  [...text.matchAll(/(@merchant|[A-Z]{2,}) ([\d.]+)/g)].map(([, partner, yuan]) => ({
    partner: partner!,
    amountFen: fen(yuan!),
  }))

const offersOf = (example: string, paymentMode: 'prepay' | 'postpay'): GivenOffer[] =>
  example
    .split(';')
    .map((part) => ({
      kind: part.includes('fee') ? 'fee' : 'amount',
      delivery: part.includes('later') ? 'rebate' : 'instant',
      paymentMode,
      funders: shares(part),
    }))

const first = (example: string) => fen(/[\d,]+\.\d\d/.exec(example)![0])

/** One row of the table each; the words of the example are its arguments. */
const EVENTS: Record<string, (example: string) => Posting> = {
  'capture, amount offer, postpay': (e) => grantPosting('M1', offersOf(e, 'postpay')),
  'capture, amount offer, prepay': (e) => grantPosting('M1', offersOf(e, 'prepay')),
  'capture, the merchant bears a part': (e) => grantPosting('M1', offersOf(e, 'postpay')),
  'capture, fee offer': (e) => grantPosting('M1', offersOf(e, 'postpay')),
  'capture, fee offer, the merchant bears a part': (e) => grantPosting('M1', offersOf(e, 'postpay')),
  'capture, rebate': (e) => grantPosting('M1', offersOf(e, 'postpay')),
  'capture, rebate, the merchant bears a part': (e) => grantPosting('M1', offersOf(e, 'postpay')),
  'capture, several offers': (e) => grantPosting('M1', offersOf(e, 'postpay')),
  'void, reversal': (e) => returnPosting('M1', offersOf(e, 'postpay')),
  'void, reversal, prepay': (e) => returnPosting('M1', offersOf(e, 'prepay')),
  'refund, part': (e) => returnPosting('M1', offersOf(e, 'postpay')),
  'refund, fee saving comes back': (e) => returnPosting('M1', [{ ...offersOf(e, 'postpay')[0]!, kind: 'fee' }]),
  'refund, rebate taken back': (e) => returnPosting('M1', [{ ...offersOf(e, 'postpay')[0]!, delivery: 'rebate' }]),
  'top-up': (e) => topUpPosting('CCB', first(e)),
  withdrawal: (e) => withdrawalPosting('CCB', first(e)),
  collection: (e) => collectionPosting('CCB', first(e), first(e)),
  'collection, over-paid': () => collectionPosting('CCB', 1600, 1500),
  settlement: () =>
    settlementPosting([
      { merchant: 'M1', amountFen: 1500 },
      { merchant: 'M2', amountFen: -200 },
    ]),
  'rebate paid out': (e) => rebatePayoutPosting(first(e)),
  'transfer to the client reserve': (e) => transferPosting('reserve', first(e)),
  'transfer to own funds': (e) => transferPosting('own', first(e)),
  'bank receipt that nobody can place': (e) => unmatchedReceiptPosting(first(e)),
  'case accepted: over (长款)': (e) => differencePosting('reserve', first(e)),
  'case accepted: short (短款)': (e) => differencePosting('reserve', -first(e)),
  'case accepted: payout that nobody can place': (e) => differencePosting('own', -first(e)),
  'grant after the fact': (e) => grantPosting('M1', offersOf(e, 'postpay')),
  adjustment: (e) => adjustmentPosting(SUSPENSE, 'receivable/CCB', first(e)),
  'write-off': (e) => writeOffPosting('receivable/CCB', first(e)),
  'write-off of a gain': (e) => writeOffPosting(SUSPENSE, -first(e)),
}

const table = readFileSync(join(__dirname, '..', '..', '..', '..', 'docs', 'reference', 'postings.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| event'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, event, example, debits, credits]) => ({
    event: event!,
    example: example!,
    debits: debits!,
    credits: credits!,
  }))

const linesOf = (cell: string, sign: 1 | -1): [string, number][] =>
  cell.split(';').map((line) => {
    const [account, yuan] = line.trim().split(' ')
    return [account!, sign * fen(yuan!)]
  })

test('the page has every event, and no other', () => {
  expect(table.map(({ event }) => event)).toEqual(Object.keys(EVENTS))
})

test.each(table)('$event: $example', ({ event, example, debits, credits }) => {
  const { accounts, amountsFen } = EVENTS[event]!(example)
  const posted = accounts.map((account, i) => [account, amountsFen[i]])
  expect(posted.sort()).toEqual([...linesOf(debits, 1), ...linesOf(credits, -1)].sort())
  expect(accounts.map(accountKind)).not.toContain(undefined)
})

const anyOffer: fc.Arbitrary<GivenOffer> = fc.record({
  kind: fc.constantFrom('amount', 'fee'),
  delivery: fc.constantFrom('instant', 'rebate'),
  paymentMode: fc.constantFrom('prepay', 'postpay'),
  funders: fc.array(
    fc.record({ partner: fc.constantFrom('CCB', 'ZIBO', '@merchant'), amountFen: fc.integer({ min: 0, max: 1e9 }) }),
    { minLength: 1, maxLength: 3 },
  ),
})

test('debits = credits; what is given and taken back leaves nothing', () =>
  fc.assert(
    fc.property(fc.array(anyOffer, { maxLength: 4 }), (offers) => {
      const given = grantPosting('M1', offers)
      const back = returnPosting('M1', offers)
      expect(given.amountsFen.reduce((a, b) => a + b, 0)).toBe(0)
      expect(new Set(given.accounts).size).toBe(given.accounts.length)
      expect(given.amountsFen).not.toContain(0)
      const sums = new Map(given.accounts.map((account, i) => [account, given.amountsFen[i]!]))
      back.accounts.forEach((account, i) => sums.set(account, sums.get(account)! + back.amountsFen[i]!))
      expect([...sums.values()].every((fenLeft) => fenLeft === 0)).toBe(true)
    }),
  ))

test('a funder pays what the merchant, the consumer or the fee income gets', () =>
  fc.assert(
    fc.property(anyOffer, (offer) => {
      const { accounts, amountsFen } = grantPosting('M1', [offer])
      const owed = accounts.reduce(
        (sum, account, i) => sum + (/^(receivable|prepaid)\//.test(account) ? amountsFen[i]! : 0),
        0,
      )
      const shares = offer.funders.filter(({ partner }) => partner !== '@merchant')
      expect(owed).toBe(shares.reduce((sum, { amountFen }) => sum + amountFen, 0))
    }),
  ))

test('amounts that are no whole fen are refused', () => {
  expect(() => topUpPosting('CCB', 0.5)).toThrow('whole amount')
  expect(() => topUpPosting('CCB', Number.MAX_SAFE_INTEGER + 1)).toThrow('whole amount')
})

test('an entry in another currency touches no account of CNY, but those of partners, which have one currency', () => {
  const offer = { kind: 'amount', delivery: 'instant', paymentMode: 'prepay', funders: [{ partner: 'Y', amountFen: 5 }] } as const // prettier-ignore
  const entries = [
    grantPosting('M1', [offer, { ...offer, delivery: 'rebate' }, { ...offer, kind: 'fee' }], 'JPY'),
    returnPosting('M1', [offer], 'JPY'),
    topUpPosting('Y', 5, 'JPY'),
    withdrawalPosting('Y', 5, 'JPY'),
    collectionPosting('Y', 5, 3, 'JPY'),
    settlementPosting([{ merchant: 'M1', amountFen: 5 }], 'JPY'),
    rebatePayoutPosting(5, 'JPY'),
    transferPosting('own', 5, 'JPY'),
    writeOffPosting('receivable/Y', 5, 'JPY'),
    writeOffPosting('suspense@JPY', 5),
  ]
  for (const { accounts } of entries)
    for (const account of accounts) {
      expect(account).toMatch(/@JPY$|^(prepaid|receivable|fee-forgone)\/Y$/)
      expect(accountKind(account)).toBeDefined()
    }
})
