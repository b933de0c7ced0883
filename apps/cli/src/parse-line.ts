import { eventLine, paymentLine, type EventLine, type PaymentLine } from '@lijian/contracts/marketing'
import { fieldErrors } from '@lijian/contracts/system'
import { BadInput } from './fail'
import { plainPayment } from './plain-payment'
import { jsonAt } from './text-of'

/** One line of a file of payments. Throws BadInput with `where`, what is wrong and what was expected. */
export function parseLine(text: string, where: () => string): PaymentLine | EventLine {
  const plain = plainPayment(text)
  if (plain !== undefined) return plain
  const json = jsonAt(text, where)
  const schema = typeof json === 'object' && json !== null && 'event' in json ? eventLine : paymentLine
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  // The digits of a card are not repeated: what is printed ends up in tickets.
  const errors = fieldErrors(parsed.error.issues, json, { showFound: false })
  throw new BadInput(
    `${where()}: ${errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')}`,
  )
}
