import type { Campaign } from '@lijian/contracts/marketing'
import { InvalidArgumentError, Option, type Command } from 'commander'
import type { EvaluatorOptions } from '@lijian/evaluator'
import {
  readBalances,
  readBinTable,
  readCampaigns,
  readCardGroups,
  readCurrencies,
  readCustomerGroups,
  readMerchantGroups,
  readMerchants,
} from './documents'
import { BadInput } from './fail'
import { missingGroups } from './missing-groups'

/** Options that every command over a file of payments has. */
export interface WorldOptions {
  merchants?: string
  cardGroups?: string
  customerGroups?: string
  merchantGroups?: string
  partners?: string
  drawKey: Buffer
  groups?: string[]
  client: string
}

const key32 = (text: string): Buffer => {
  if (!/^[0-9a-fA-F]{64}$/.test(text)) throw new InvalidArgumentError('64 hexadecimal digits are expected')
  return Buffer.from(text, 'hex')
}

export const withWorld = (command: Command): Command =>
  command
    .option('--merchants <file>', 'merchants: fees, MCC, region (a JSON array)')
    .option('--card-groups <file>', 'card groups: BIN prefixes and cards (a JSON array)')
    .option('--customer-groups <file>', 'customer groups (a JSON array)')
    .option('--merchant-groups <file>', 'merchant groups (a JSON array)')
    .option('--partners <file>', 'prepaid balances and credit lines; without it they are unlimited')
    .addOption(
      new Option('--draw-key <hex>', 'key of the draws, 64 hexadecimal digits')
        .argParser(key32)
        .default(Buffer.alloc(32), 'zeros'),
    )
    .option('--groups <list>', 'order of amount groups, by commas', (text) => text.split(',').filter(Boolean))
    .option('--client <code>', 'client, a part of the seed of a draw', 'offline')

/** The files that these options name: none of them may be written over. */
export const filesOf = (options: WorldOptions): (string | undefined)[] => [
  options.merchants,
  options.cardGroups,
  options.customerGroups,
  options.merchantGroups,
  options.partners,
]

export function readWorld(campaigns: string, options: WorldOptions, say: (line: string) => void): EvaluatorOptions {
  const world = {
    campaigns: readCampaigns(campaigns, say),
    merchants: options.merchants === undefined ? [] : readMerchants(options.merchants),
    cardGroups: options.cardGroups === undefined ? [] : readCardGroups(options.cardGroups),
    customerGroups: options.customerGroups === undefined ? [] : readCustomerGroups(options.customerGroups),
    merchantGroups: options.merchantGroups === undefined ? [] : readMerchantGroups(options.merchantGroups),
    balances: options.partners === undefined ? undefined : readBalances(options.partners),
    drawKey: options.drawKey,
    groupOrder: options.groups,
    client: options.client,
    bins: readBinTable(),
  }
  oneCurrencyEach(campaigns, world.campaigns)
  if (options.partners !== undefined)
    ofTheirCurrency(options.partners, readCurrencies(options.partners), world.campaigns)
  for (const line of missingGroups(world)) say(`${campaigns}: ${line}`)
  return world
}

const fundersOf = ({ funders, offers }: Campaign): string[] =>
  [...funders, ...offers.flatMap((offer) => offer.funders ?? [])].map(({ partner }) => partner)

function ofTheirCurrency(path: string, currencies: ReadonlyMap<string, string>, campaigns: readonly Campaign[]): void {
  for (const campaign of campaigns)
    for (const partner of fundersOf(campaign)) {
      const currency = currencies.get(partner) ?? campaign.currency
      if (currency !== campaign.currency)
        throw new BadInput(
          `${path}: ${partner} is in ${currency}, and funds campaign ${campaign.code} in ${campaign.currency}: state its currency, or name another partner`,
        )
    }
}

/** A partner's balance and receivable are of one currency, live and here. */
function oneCurrencyEach(path: string, campaigns: readonly Campaign[]): void {
  const seen = new Map<string, Campaign>()
  for (const campaign of campaigns)
    for (const partner of fundersOf(campaign)) {
      const other = seen.get(partner) ?? campaign
      if (partner !== '@merchant' && other.currency !== campaign.currency)
        throw new BadInput(
          `${path}: ${partner} funds campaign ${other.code} in ${other.currency} and ${campaign.code} in ${campaign.currency}: a partner has one currency, give each its own`,
        )
      seen.set(partner, other)
    }
}
