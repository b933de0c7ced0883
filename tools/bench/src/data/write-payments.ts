import { closeSync, openSync, writeSync } from 'node:fs'
import { paymentLines, type PaymentFile } from './payment-lines'
import { Random } from './random'

/** A file of payments, one JSON object per line. */
export function writePayments(file: string, seed: number, what: PaymentFile): void {
  const to = openSync(file, 'w')
  let waiting = ''
  for (const line of paymentLines(new Random(seed), what)) {
    waiting += `${line}\n`
    if (waiting.length < 1 << 20) continue
    writeSync(to, waiting)
    waiting = ''
  }
  writeSync(to, waiting)
  closeSync(to)
}
