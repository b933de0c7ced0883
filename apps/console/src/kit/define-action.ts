import { OPERATIONS } from '../api/operations'
import type { operations } from '../api/schema'
import type { Me, Scope } from '../shell/session'
import { words, type Words } from '../texts'

export type Operation = keyof typeof OPERATIONS
/** What an action is about, as the API has answered it. */
export type Subject = Readonly<Record<string, unknown>>
/** What stands in the form: texts, as people type them. */
export type Typed = Readonly<Record<string, unknown>>

type Part<Id extends Operation, In extends 'path' | 'query'> = operations[Id] extends { parameters: infer Parts }
  ? In extends keyof Parts
    ? NonNullable<Parts[In]>
    : object
  : object
type Body<Id extends Operation> = operations[Id] extends { requestBody: { content: { 'application/json': infer B } } }
  ? NonNullable<B>
  : operations[Id] extends { requestBody?: { content: { 'application/json': infer B } } }
    ? NonNullable<B>
    : object
/** Its keys, and "account.bank" for those of an object within; each branch of a union has its own. */
type NamesOf<B> = B extends unknown
  ? {
      [K in keyof B & string]:
        | K
        | (NonNullable<B[K]> extends readonly unknown[] | string | number | boolean
            ? never
            : `${K}.${keyof NonNullable<B[K]> & string}`)
    }[keyof B & string]
  : never
type NameOf<Id extends Operation> =
  NamesOf<Body<Id>> | (keyof Part<Id, 'path'> & string) | (keyof Part<Id, 'query'> & string)

export interface Option {
  value: string
  label?: Words
}
/** Choices that the API has: the rows of a list. */
export interface OptionsFrom {
  from: string
  rows: string
  value: string
  name?: string
  /** A row is its own name, in both languages. */
  isWords?: true
}

/** How something is typed; amounts in yuan, rates in per cent, never a float. `serial`: made once for each dialog, so that another try is the same request. */
export type Kind =
  | 'text'
  | 'long'
  | 'secret'
  | 'money'
  | 'percent'
  | 'count'
  | 'date'
  | 'instant'
  | 'yes'
  | 'choice'
  | 'many'
  | 'tags'
  | 'json'
  | 'serial'
  | 'file'

type Place = 'path' | 'query' | 'body'

export interface Field<Name extends string = string> {
  name: Name
  kind: Kind
  /** Absent: what the contract calls it. */
  label?: Words
  hint?: Words
  at?: Place
  /** The same goes there as well. */
  alsoAt?: Place
  /** Of tags. */
  most?: number
  needed?: true
  options?: readonly Option[] | ((subject: Subject) => readonly Option[])
  optionsFrom?: OptionsFrom
  /** Shown only then; what is not shown is not sent. */
  when?: (typed: Typed) => boolean
  first?: unknown
  /** The name under which the subject has it, where that is another one. */
  standsAs?: string
}

/** Where the API tells how far files are. */
export type ImportsFrom = '/v1/imports' | '/v1/reconciliation/imports'

/** What a person does with an object or a list, as data. Address, scopes and the shape of what is sent come from the API. */
export interface ActionDefinition {
  key: string
  operation: Operation
  title: Words
  /** On which list of the console; `new`: over it, else on each record. */
  list: string
  at: 'new' | 'record'
  isDangerous?: true
  /** What happens then, in words. */
  effect?: Words
  fields: readonly Field[]
  path?: (subject: Subject) => Readonly<Record<string, unknown>>
  /** What stands: fields begin with it, and what no field shows is sent as it is. */
  stands?: (subject: Subject) => Subject
  /** Sent beside the fields, such as the hash of what is shown. */
  beside?: (subject: Subject, me: Me) => Subject
  /** Whether it makes sense for this record at all. */
  shows?: (subject: Subject) => boolean
  /** Why it does not go now. */
  not?: (subject: Subject, me: Me) => Words | undefined
  /** Of the answer: shown this once. */
  once?: readonly string[]
  /** The body is the file itself, of this type; `isPacked`: compressed first, so that it has arrived before anybody leaves the page. */
  file?: { type: string; isPacked?: true; imports: ImportsFrom }
}

export function defineAction<Id extends Operation>(
  definition: Omit<ActionDefinition, 'operation' | 'fields' | 'key' | 'path'> & {
    operation: Id
    key?: string
    fields?: readonly Field<NameOf<Id> | 'file'>[]
    path?: (subject: Subject) => Partial<Record<keyof Part<Id, 'path'>, unknown>>
  },
): ActionDefinition {
  return { key: definition.operation, fields: [], ...definition } as unknown as ActionDefinition
}

export type Standing = { is: 'hidden' } | { is: 'allowed' } | { is: 'disabled'; why: Words }

/** Whether a person sees it, and whether it goes. The API decides: this says it before. */
export function standingOf({ operation, shows, not }: ActionDefinition, me: Me, subject: Subject): Standing {
  const { scopes, isOfHeadOffice } = OPERATIONS[operation]
  const isOpen = scopes.length === 0 || (scopes as readonly Scope[]).some((scope) => me.scopes.includes(scope))
  if (!isOpen || shows?.(subject) === false) return { is: 'hidden' }
  if (isOfHeadOffice && me.branch !== undefined && me.branch !== HEAD_OFFICE) return { is: 'disabled', why: NOT_BRANCH }
  const why = not?.(subject, me)
  return why === undefined ? { is: 'allowed' } : { is: 'disabled', why }
}

const HEAD_OFFICE = 'head-office'
const NOT_BRANCH = words(
  '这关系到全机构，由总部人员办理',
  'It is about the whole institution: people of head office do it',
)
