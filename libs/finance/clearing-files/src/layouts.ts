import { clearingLayout, type ClearingLayout, type FileKind } from '@lijian/contracts/finance'
import fixedGb18030 from './layouts/fixed-gb18030.json'
import lijianCsv from './layouts/lijian-csv.json'
import pipeFen from './layouts/pipe-fen.json'
import settlementCsv from './layouts/settlement-csv.json'

/** The layouts that come with Lijian, by code. */
export const LAYOUTS: Readonly<Record<string, ClearingLayout>> = Object.fromEntries(
  [lijianCsv, fixedGb18030, pipeFen, settlementCsv].map((json) => [json.code, clearingLayout.parse(json)]),
)

/** What a clearing system gets that has not said what it wants. */
export const defaultLayout = (kind: FileKind): ClearingLayout =>
  LAYOUTS[kind === 'settlement' ? 'settlement-csv' : 'lijian-csv']!
