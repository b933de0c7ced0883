/** A kind of text that is looked at character by character: which may stand first, which after it, and how many there are. */
export interface Form {
  first: number
  rest: number
  min: number
  max: number
}

const [UPPER, LOWER, DIGIT, DOT, COLON, LINE, DASH, OTHER] = [1, 2, 4, 8, 16, 32, 64, 128]
const ALNUM = UPPER | LOWER | DIGIT

/** Bits of each character; none for quotes, backslashes, control characters and what is not ASCII, which only a JSON parser reads. */
const KINDS = new Uint8Array(1 << 16)
const kinds = (from: string, to: string, kind: number) => KINDS.fill(kind, from.charCodeAt(0), to.charCodeAt(0) + 1)
kinds(' ', '~', OTHER)
kinds('A', 'Z', UPPER)
kinds('a', 'z', LOWER)
kinds('0', '9', DIGIT)
for (const [char, kind] of [
  ['.', DOT],
  [':', COLON],
  ['_', LINE],
  ['-', DASH],
  ['"', 0],
  ['\\', 0],
] as const)
  kinds(char, char, kind)

const form = (first: number, rest: number, min: number, max: number): Form => ({ first, rest, min, max })
export const SERIAL = form(ALNUM, ALNUM | DOT | COLON | LINE | DASH, 1, 64)
export const CODE = form(ALNUM, ALNUM | DOT | LINE | DASH, 1, 64)
export const LIST_CODE = form(LOWER, LOWER | DIGIT | LINE | DASH, 1, 64)
export const ISSUER = form(UPPER | LOWER, ALNUM | LINE | DASH, 1, 64)
export const CURRENCY = form(UPPER, UPPER, 3, 3)
export const TOKEN = form(ALNUM | LINE | DASH, ALNUM | LINE | DASH, 16, 128)
export const ANY = form(255, 255, 1, 128)
export const digits = (min: number, max: number): Form => form(DIGIT, DIGIT, min, max)

const [SPACE, QUOTE, COMMA, COLON_SIGN, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [32, 34, 44, 58, 123, 125, 91, 93]
const [ZERO, NINE] = [48, 57]
const CARRIAGE_RETURN = 13
/** Fewer digits than a safe integer has. */
const DIGITS_MAX = 15

/** A key with what reads its value into a draft; false: the value is not plain. */
export interface Field<T> {
  name: string
  read: (reader: PlainReader, draft: T) => boolean
}

/** Keys found by their length and two of their letters. Throws when two of them cannot be told apart so. */
export class Fields<T> {
  private readonly byShape = new Map<number, { name: string; read: Field<T>['read']; bit: number }>()

  constructor(fields: readonly Field<T>[]) {
    fields.forEach(({ name, read }, i) => {
      const shape = shapeOf(name, 0, name.length)
      if (this.byShape.has(shape) || i > 30) throw new Error(`field ${name} looks like another one`)
      this.byShape.set(shape, { name, read, bit: 1 << i })
    })
  }

  find(text: string, from: number, to: number): { read: Field<T>['read']; bit: number } | undefined {
    const field = this.byShape.get(shapeOf(text, from, to))
    return field !== undefined && text.startsWith(field.name, from) ? field : undefined
  }
}

const shapeOf = (text: string, from: number, to: number): number =>
  (text.charCodeAt(from) << 16) | (text.charCodeAt(to - 1) << 8) | (to - from)

/** Reads JSON in one pass as long as it is plain: no escapes, known keys, each once. What it does not understand it leaves to others. */
export class PlainReader {
  private text = ''
  private at = 0

  /** Whether the whole text is one such object. */
  whole<T>(text: string, fields: Fields<T>, draft: T): boolean {
    this.text = text
    this.at = 0
    if (!this.object(fields, draft)) return false
    this.spaces()
    // Files of some systems end their lines with a carriage return as well.
    if (text.charCodeAt(this.at) === CARRIAGE_RETURN) this.at += 1
    return this.at === text.length
  }

  object<T>(fields: Fields<T>, draft: T): boolean {
    if (!this.sign(OPEN)) return false
    let seen = 0
    do {
      if (!this.sign(QUOTE)) return false
      const from = this.at
      const to = this.text.indexOf('"', from)
      const field = to < 0 ? undefined : fields.find(this.text, from, to)
      if (field === undefined || (seen & field.bit) !== 0) return false
      seen |= field.bit
      this.at = to + 1
      if (!this.sign(COLON_SIGN) || !field.read(this, draft)) return false
    } while (this.sign(COMMA))
    return this.sign(CLOSE)
  }

  /** '' when it is not of that form. */
  string({ first, rest, min, max }: Form): string {
    if (!this.sign(QUOTE)) return ''
    const { text, at: from } = this
    let at = from
    if ((KINDS[text.charCodeAt(at)]! & first) === 0) return ''
    do at += 1
    while (at < text.length && (KINDS[text.charCodeAt(at)]! & rest) !== 0)
    const length = at - from
    if (length < min || length > max || text.charCodeAt(at) !== QUOTE) return ''
    this.at = at + 1
    return text.slice(from, at)
  }

  /** undefined when it is not a list of at most `max` such texts. */
  strings(of: Form, max: number): string[] | undefined {
    if (!this.sign(OPEN_LIST)) return undefined
    const list: string[] = []
    if (this.sign(CLOSE_LIST)) return list
    do {
      const value = this.string(of)
      if (value === '' || list.length === max) return undefined
      list.push(value)
    } while (this.sign(COMMA))
    return this.sign(CLOSE_LIST) ? list : undefined
  }

  /** -1 when it is not a whole number within these, written in digits. */
  integer(min: number, max: number): number {
    this.spaces()
    const { text, at: from } = this
    let value = 0
    let at = from
    for (; at < text.length; at++) {
      const digit = text.charCodeAt(at)
      if (digit < ZERO || digit > NINE) break
      value = value * 10 + digit - ZERO
    }
    const length = at - from
    // 01 is not JSON; after 12. or 12e there is more to come, which the next sign finds out.
    if (length === 0 || length > DIGITS_MAX || (length > 1 && text.charCodeAt(from) === ZERO)) return -1
    if (value < min || value > max) return -1
    this.at = at
    return value
  }

  boolean(): boolean | undefined {
    this.spaces()
    for (const value of [true, false]) {
      if (!this.text.startsWith(String(value), this.at)) continue
      this.at += value ? 4 : 5
      return value
    }
    return undefined
  }

  private sign(sign: number): boolean {
    this.spaces()
    if (this.text.charCodeAt(this.at) !== sign) return false
    this.at += 1
    return true
  }

  private spaces(): void {
    while (this.text.charCodeAt(this.at) === SPACE) this.at += 1
  }
}
