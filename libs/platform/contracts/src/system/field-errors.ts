import type { z } from 'zod'
import { FAULTS_TOLD, type FieldError } from './errors'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** `['offers', 0, 'rule']` → `offers[0].rule`; the document itself is the empty path. */
export function pathText(path: Path): string {
  let text = ''
  for (const step of path)
    text += typeof step === 'number' ? `[${step}]` : `${text === '' ? '' : '.'}${shortKey(String(step))}`
  return text
}

/** A card, a phone or an identity card, written in any way. A date and a time are shorter. */
const LONG_NUMBER = /\d(?:[ -]?\d){10,}/g

/** What was found, short enough for a message. */
export function found(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(typeof value === 'string' ? value.slice(0, 100).replace(LONG_NUMBER, '…') : value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}

export interface FieldErrorOptions {
  /** Say what was found. Only for documents that hold nothing personal: a request may carry a card number, which no error repeats. */
  showFound: boolean
  /** What to say of a key that the schema does not know; default: `unknown key "x"`. */
  ofUnknownKey?: (parent: Path, key: string) => string
}

/**
 * zod's issues as one flat list of errors: every fault by itself, with its path, what was expected and, if wished, what was found. Only so many are
 * told: a hundred thousand faults are no more help than twenty, and nobody waits for them.
 */
export function fieldErrors(issues: readonly Issue[], input: unknown, options: FieldErrorOptions): FieldError[] {
  const errors: FieldError[] = []
  for (const error of ofIssues(issues, [], input, options)) if (errors.push(error) === FAULTS_TOLD) break
  return errors
}

function* ofIssues(
  issues: readonly Issue[],
  under: Path,
  input: unknown,
  options: FieldErrorOptions,
): Generator<FieldError> {
  for (const issue of issues) {
    const path = [...under, ...issue.path]
    const value = valueAt(input, path)
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) yield unknownKey(path, key, options)
      continue
    }
    const branch = issue.code === 'invalid_union' ? branchFor(issue.errors, value) : undefined
    if (branch !== undefined) {
      yield* ofIssues(branch, path, input, options)
      continue
    }
    const expected = expectation(issue)
    yield { path: pathText(path), message: options.showFound ? `${expected}, found ${found(value)}` : expected }
  }
}

function unknownKey(parent: Path, key: string, { ofUnknownKey }: FieldErrorOptions): FieldError {
  const said = shortKey(key)
  return { path: pathText([...parent, said]), message: ofUnknownKey?.(parent, key) ?? `unknown key "${said}"` }
}

const KEY_SHOWN = 64
/** A key is the sender's own text, of any length. */
const shortKey = (key: string): string => (key.length > KEY_SHOWN ? `${key.slice(0, KEY_SHOWN - 1)}…` : key)

/**
 * Of a union the branch that was meant: one that does not fail already on what kind of value it is, and of these rather one that knows
 * every key that is there (a draw with layers is told what its layers lack, not that it should have been a plain one).
 */
function branchFor(errors: readonly (readonly Issue[])[], value: unknown): readonly Issue[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const atRoot = (issues: readonly Issue[], kind: Issue['code']) =>
    issues.some(({ code, path }) => code === kind && path.length === 0)
  const possible = errors.filter((issues) => !atRoot(issues, 'invalid_type'))
  return possible.find((issues) => !atRoot(issues, 'unrecognized_keys')) ?? possible[0]
}

function expectation(issue: Issue): string {
  // The schemas of this package word their own expectations; zod's own words are replaced by plainer ones.
  if (issue.message.startsWith('expected')) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${KINDS[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `expected ${oneOf(issue.values)}`
    case 'too_small':
      return `expected at least ${issue.minimum}${unitOf(issue.origin)}`
    case 'too_big':
      return `expected at most ${issue.maximum}${unitOf(issue.origin)}`
    case 'invalid_union':
      return `expected ${unionText(issue)}`
    default:
      return issue.message
  }
}

const KINDS: Record<string, string> = {
  int: 'a whole number',
  number: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
}

function unitOf(origin: string): string {
  return origin === 'array' ? ' entries' : origin === 'string' ? ' characters' : ''
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1
    ? JSON.stringify(values[0])
    : `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`
}

function unionText(issue: z.core.$ZodIssueInvalidUnion): string {
  const options: unknown = 'options' in issue ? issue.options : undefined
  if (Array.isArray(options)) return oneOf(options)
  const branches = issue.errors.map((issues) => issues[0]).filter((first) => first !== undefined)
  return [...new Set(branches.map((first) => expectation(first).replace(/^expected /, '')))].join(' or ')
}

export function valueAt(input: unknown, path: Path): unknown {
  let value: unknown = input
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<PropertyKey, unknown>)[step]
  }
  return value
}
