import type { BookedOffer } from './books'

const ACCOUNTS = (partner: string) => [`prepaid/${partner}`, `receivable/${partner}`]

export interface JournalRow {
  business_date: string
  id: number
  event: string
  client: string
  serial: string
  merchant: string | null
  detail: { offers?: BookedOffer[]; campaign?: string; bankReference?: string; payoutAccount?: string; reason?: string }
  accounts: string[]
  amounts_fen: number[]
}

const PAYMENTS = ['capture', 'void', 'reversal', 'refund']

/** As a person would add it up, row by row, from nothing but the journal. */
export function fundsReference(journal: JournalRow[], from: string, to: string, partner: string) {
  const lines = journal
    .toSorted((a, b) => a.business_date.localeCompare(b.business_date) || a.id - b.id)
    .flatMap((row) =>
      row.accounts.flatMap((name, at) =>
        ACCOUNTS(partner).includes(name)
          ? [{ row, part: at + 1, account: name.split('/')[0]!, fen: -row.amounts_fen[at]! }]
          : [],
      ),
    )
  let balance = 0
  const entries = []
  for (const { row, part, account, fen } of lines) {
    balance += fen
    if (row.business_date < from || row.business_date > to) continue
    const offers = (row.detail.offers ?? []).filter(
      ({ paymentMode, funders }) =>
        (paymentMode === 'prepay') === (account === 'prepaid') &&
        funders.some((one) => one.partner === partner && one.amountFen !== 0),
    )
    const { bankReference, payoutAccount, reason } = row.detail
    const words = PAYMENTS.includes(row.event)
      ? offers.map(({ name }) => name).join('；')
      : [bankReference, payoutAccount, reason].filter((one) => one !== undefined).join(' ')
    entries.push({
      date: row.business_date,
      entry: row.id,
      part,
      at: `${row.business_date}T04:00:00Z`,
      account,
      event: row.event,
      client: row.client,
      serial: row.serial,
      original_serial: '',
      summary: words,
      merchant: row.merchant ?? '',
      income: Math.max(fen, 0),
      expense: Math.max(-fen, 0),
      balance,
      currency: 'CNY',
    })
  }
  const days = []
  for (let ms = Date.parse(from); ms <= Date.parse(to); ms += 86_400_000) {
    const date = new Date(ms).toISOString().slice(0, 10)
    const sum = (list: typeof lines, of: (fen: number) => number = (fen) => fen) =>
      list.reduce((total, { fen }) => total + of(fen), 0)
    const until = lines.filter(({ row }) => row.business_date <= date)
    const on = until.filter(({ row }) => row.business_date === date)
    days.push({
      date,
      currency: 'CNY',
      opening: sum(until) - sum(on),
      income: sum(on, (fen) => Math.max(fen, 0)),
      expense: sum(on, (fen) => Math.max(-fen, 0)),
      closing: sum(until),
      prepaid: sum(until.filter(({ account }) => account === 'prepaid')),
      owed: 0 - sum(until.filter(({ account }) => account === 'receivable')),
    })
  }
  return { days, entries, income: side(1), expense: side(-1) }

  function side(sign: 1 | -1) {
    const groups = new Map<string, { row: object; ids: Set<number>; amount: number }>()
    const add = (row: JournalRow, account: string, campaign: string, fen: number) => {
      if (fen * sign <= 0 || row.business_date < from || row.business_date > to) return
      const key = [row.business_date, account, row.event, campaign]
      const [date, , event] = key
      const group = groups.get(key.join('\n')) ?? { row: { date, account, event, campaign }, ids: new Set(), amount: 0 }
      groups.set(key.join('\n'), group)
      group.ids.add(row.id)
      group.amount += fen * sign
    }
    for (const row of journal) {
      if (!PAYMENTS.includes(row.event)) {
        for (const { account, fen } of lines.filter((line) => line.row === row))
          add(row, account, row.detail.campaign ?? '', fen)
        continue
      }
      for (const { paymentMode, campaign, funders } of row.detail.offers ?? [])
        for (const { partner: payer, amountFen } of funders)
          if (payer === partner)
            add(
              row,
              paymentMode === 'prepay' ? 'prepaid' : 'receivable',
              campaign,
              row.event === 'capture' ? -amountFen : amountFen,
            )
    }
    return [...groups]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { row, ids, amount }]) => ({ ...row, currency: 'CNY', entries: ids.size, amount }))
  }
}
