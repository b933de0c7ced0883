import { DEFAULT_CURRENCY } from '@lijian/contracts/money'

/**
 * Of what the case is about: of the transaction (a refund's: of its original), of the file, or in the key (docs/decisions/0055). Cases were opened
 * before there were currencies, so it is asked and not stored. `row`: of a case, or of what a case is opened for, with its class as `kind`.
 */
export const caseCurrency = (row: string, kind = `${row}.kind`): string => `coalesce(
  (SELECT t.record -> 'facts' ->> 'currency' FROM marketing_transaction t WHERE t.client = ${row}.client AND t.serial = coalesce(
    (SELECT r.original_serial FROM reverse_transaction r WHERE r.client = ${row}.client AND r.serial = ${row}.serial), ${row}.serial)),
  (SELECT substring(f.clearing_system FROM '@(.*)$') FROM clearing_file f WHERE ${row}.client = '@clearing' AND f.name = ${row}.serial LIMIT 1),
  CASE WHEN ${row}.client LIKE '@%' OR ${kind} = 'list_missing' THEN substring(${row}.serial FROM '@([A-Z]{3})(?::|$)') END,
  '${DEFAULT_CURRENCY}')`
