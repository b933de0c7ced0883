import type { LineFault } from '@lijian/contracts/marketing'
import { holdsCardNumber, jsonOf, WrongText, wrongWithLine } from '@lijian/contracts/system'
import type { GroupKind } from '@lijian/database'
import { groupCard, groupCustomer } from '@lijian/privacy'

export type Member = { tokens: readonly string[] } | { bin: string } | { fault: LineFault }
/** One line, without the spaces around it and not empty. */
export type LineReader = (line: string) => Member
type KindReader = (kind: GroupKind, tokenKeys: readonly Buffer[]) => LineReader

const TOKEN = /^(?![0-9]+$)[A-Za-z0-9_-]{16,128}$/
const PREFIX = /^[0-9]{1,12}$/
/** As long as issuers' prefixes are. A shorter one stands for very many cards: it must be meant ("bin:6"). */
const PLAIN_PREFIX = /^[0-9]{6,11}$/
const NUMBER = /^[0-9]{12,19}$/
const CUSTOMER_MAX = 128

const token = (value: unknown): Member =>
  typeof value === 'string' && TOKEN.test(value) && !holdsCardNumber(value) ? { tokens: [value] } : { fault: 'token' }
const prefix = (value: unknown): Member =>
  typeof value === 'string' && PREFIX.test(value) ? { bin: value } : { fault: 'bin' }

function card(value: unknown, tokenKeys: readonly Buffer[], otherwise: LineFault): Member {
  if (typeof value !== 'string' || !NUMBER.test(value)) return { fault: otherwise }
  const tokens = tokenKeys.map((key) => groupCard(key, value))
  return tokens.every((one) => one !== undefined) ? { tokens } : { fault: 'luhn' }
}

function customer(value: unknown, tokenKeys: readonly Buffer[]): Member {
  if (typeof value !== 'string' || value === '' || value.length > CUSTOMER_MAX || value.includes('\uFFFD'))
    return { fault: 'customer' }
  if (wrongWithLine(value) !== undefined) return { fault: 'text' }
  return { tokens: tokenKeys.map((key) => groupCustomer(key, value)) }
}

const after = (line: string, mark: string): string | undefined =>
  line.startsWith(mark) ? line.slice(mark.length).trim() : undefined

/** `6222…`, `token:…`, `bin:…`; in a customer group the customer, or `token:…`. */
export const textReader: KindReader = (kind, tokenKeys) => (line) => {
  const marked = after(line, 'token:')
  if (marked !== undefined) return token(marked)
  if (kind === 'customer_group') return customer(line, tokenKeys)
  const bin = after(line, 'bin:')
  if (bin !== undefined) return prefix(bin)
  return PLAIN_PREFIX.test(line) ? { bin: line } : card(line, tokenKeys, 'card')
}

/** A JSON text is what a line of text would be; an object says what it holds. */
export const jsonReader: KindReader = (kind, tokenKeys) => {
  const ofText = textReader(kind, tokenKeys)
  const fault: Member = { fault: kind === 'card_group' ? 'cardJson' : 'customerJson' }
  return (line) => {
    let value: unknown
    try {
      value = jsonOf(line)
    } catch (error) {
      return error instanceof WrongText ? { fault: 'text' } : fault
    }
    if (typeof value === 'string') return value.trim() === '' ? fault : ofText(value.trim())
    if (typeof value !== 'object' || value === null) return fault
    const entries = Object.entries(value)
    const [key, held] = entries[0] ?? []
    if (entries.length !== 1) return fault
    if (key === 'token') return token(held)
    if (kind === 'customer_group') return key === 'customer' ? customer(held, tokenKeys) : fault
    if (key === 'bin') return prefix(held)
    return key === 'card' ? card(held, tokenKeys, 'card') : fault
  }
}
