import { isMcc, isRegion } from './code-tables'
import type { FieldError } from '../system/errors'
import { list } from '../system/loose'

type Loose = Record<string, unknown>

export function conditionErrors(conditions: Loose, at: string): FieldError[] {
  return [
    ...unknownCodes(conditions.mccs, `${at}.mccs`, /^[0-9]{4}$/, isMcc, 'a merchant category code that exists'),
    ...unknownCodes(conditions.regions, `${at}.regions`, /^[0-9]{2,6}$/, isRegion, 'a GB/T 2260 code that exists'),
    ...overlapErrors(conditions, 'cardProducts', 'excludedCardProducts', at),
    ...overlapErrors(conditions, 'countries', 'excludedCountries', at),
  ]
}

/** What has the wrong form is reported by the schema already. */
function unknownCodes(
  codes: unknown,
  at: string,
  form: RegExp,
  exists: (code: string) => boolean,
  what: string,
): FieldError[] {
  return list(codes).flatMap((code, i) =>
    typeof code !== 'string' || !form.test(code) || exists(code)
      ? []
      : [{ path: `${at}[${i}]`, message: `expected ${what}, found "${code}"` }],
  )
}

function overlapErrors(conditions: Loose, wanted: string, excluded: string, at: string): FieldError[] {
  const included = new Set(list(conditions[wanted]))
  return list(conditions[excluded]).flatMap((code, i) =>
    typeof code === 'string' && included.has(code)
      ? [{ path: `${at}.${excluded}[${i}]`, message: `expected it not among "${wanted}" too, found "${code}"` }]
      : [],
  )
}
