import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  parseCampaign,
  type Campaign,
  type CardGroup,
  type CustomerGroup,
  type Merchant,
  type MerchantGroup,
} from '@lijian/contracts/marketing'
import { Evaluator } from '@lijian/evaluator'
import type { CaseFile } from './examples'

export const CAMPAIGNS = join(__dirname, '..', '..', '..', 'campaigns')
const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T

/** One published campaign: its documents (`campaign*.json`), what stands beside it (`beside.json`) and its cases (`cases*.json`). */
export interface CampaignFolder {
  name: string
  documents: Campaign[]
  beside: Campaign[]
  caseFiles: { name: string; file: CaseFile }[]
  /** A new one, with nothing used yet: each file of cases has its own. */
  evaluator(): Evaluator
}

export const folderNames = (group: string): string[] =>
  readdirSync(join(CAMPAIGNS, group), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()

export function openFolder(group: string, name: string): CampaignFolder {
  const folder = join(CAMPAIGNS, group, name)
  const filesLike = (form: RegExp) => readdirSync(folder).filter((file) => form.test(file)).sort() // prettier-ignore
  const documents = filesLike(/^campaign.*\.json$/).map((file) => parsed(read(join(folder, file))))
  const besidePath = join(folder, 'beside.json')
  const beside = existsSync(besidePath) ? read<unknown[]>(besidePath).map(parsed) : []
  const shared = <T>(file: string): T[] => {
    const path = join(CAMPAIGNS, group, file)
    return existsSync(path) ? read<T[]>(path) : []
  }
  return {
    name,
    documents,
    beside,
    caseFiles: filesLike(/^cases.*\.json$/).map((file) => ({ name: file, file: read<CaseFile>(join(folder, file)) })),
    evaluator: () =>
      new Evaluator({
        campaigns: [...documents, ...beside],
        merchants: shared<Merchant>('merchants.json'),
        cardGroups: shared<CardGroup>('card-groups.json'),
        customerGroups: shared<CustomerGroup>('customer-groups.json'),
        merchantGroups: shared<MerchantGroup>('merchant-groups.json'),
        explain: true,
      }),
  }
}

function parsed(json: unknown): Campaign {
  const answer = parseCampaign(json)
  if (!answer.ok) throw new Error(JSON.stringify(answer.errors))
  return answer.campaign
}
