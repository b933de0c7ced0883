import { stderr, stdout } from 'node:process'
import { inBothLanguages, type FieldError } from '@lijian/contracts/system'
import type { Campaign, DocumentWarning } from '@lijian/contracts/marketing'
import { documentWarnings, type WarningOptions } from '@lijian/warnings'
import { moneyText } from '@lijian/money'
import { Command, InvalidArgumentError } from 'commander'
import { readAmounts } from './amounts-file'
import { errorLines, readDocuments } from './documents'
import { BadInput } from './fail'

interface CheckOptions {
  json?: boolean
  minDays?: number
  paymentsPerDay?: number
  amounts?: string
}

/** What is said of one document; `code` and `name` are those of a valid one. */
interface Checked {
  file: string
  code?: string
  name?: string
  offers?: number
  errors: FieldError[]
  warnings: DocumentWarning[]
}

export const checkCommand = (): Command =>
  new Command('check')
    .description(
      'Are these campaign documents valid? Every error with its place, exit code 2 when there is one; else warnings, each with a proof, and expected cost.',
    )
    .argument('<path>', 'a file with one campaign or an array, or a folder of them')
    .option('--json', 'one JSON document: errors, warnings and what proves them')
    .option('--min-days <n>', 'warn of a budget that lasts less (default: 7)', whole)
    .option(
      '--payments-per-day <n>',
      'payments a day that an offer gives something to; without it days are not reckoned',
      whole,
    )
    .option(
      '--amounts <file>',
      'amounts of payments in fen for expected cost: NDJSON or CSV (default: a built-in distribution)',
    )
    .action(async (path: string, options: CheckOptions) => {
      const documents = readDocuments(path, (line) => stderr.write(`${line}\n`))
      const reckonedWith: WarningOptions = {
        minDays: options.minDays,
        paymentsPerDay: options.paymentsPerDay,
        amounts: options.amounts === undefined ? undefined : await readAmounts(options.amounts),
      }
      const lines = errorLines(documents)
      if (options.json === true) {
        const campaigns = documents.map(({ file, campaign, errors }): Checked => ({
          file,
          ...(campaign && { code: campaign.code, name: campaign.name, offers: campaign.offers.length }),
          errors: inBothLanguages(errors),
          warnings: campaign && errors.length === 0 ? documentWarnings(campaign, reckonedWith) : [],
        }))
        stdout.write(`${JSON.stringify({ campaigns }, null, 2)}\n`)
      }
      if (lines.length > 0) throw new BadInput(lines.join('\nlijian: '))
      if (options.json === true) return
      for (const { campaign } of documents)
        if (campaign) stdout.write(inWords(campaign, documentWarnings(campaign, reckonedWith)))
    })

function whole(text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new InvalidArgumentError('a whole number of 1 or more is expected')
  return Number(text)
}

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`

/** One line for the campaign, then one for everything that is odd about it, in both languages. */
function inWords({ code, name, offers, currency }: Campaign, warnings: readonly DocumentWarning[]): string {
  const odd = warnings.filter(({ level }) => level === 'warning').length
  const summary = `${code} ${name}: valid, ${counted(offers.length, 'offer')}, ${counted(odd, 'warning')}; ${cost(warnings, currency)}`
  const lines = warnings.map(
    ({ level, code: which, path, message, messageZh }) => `  ${level} ${which} ${path}: ${message} (${messageZh})`,
  )
  return [summary, ...lines].map((line) => `${line}\n`).join('')
}

/** Offers compete and meet different payments: what each costs alone does not sum up to the campaign. */
function cost(warnings: readonly DocumentWarning[], currency: string): string {
  const money = (fen: number) => `${moneyText(fen, currency)}${currency === 'CNY' ? '' : ` ${currency}`}`
  const means = warnings.flatMap(({ code, proof }) =>
    code === 'expected_cost' ? [(proof.meanPerPaymentFen as { rounded: number }).rounded] : [],
  )
  const [least, most] = [Math.min(...means), Math.max(...means)]
  return means.length === 1
    ? `expected per payment ${money(least)}`
    : `expected per payment ${money(least)} to ${money(most)}, each offer alone`
}
