import type { ParameterValues } from '@lijian/contracts/marketing'

/** What somebody asks of a template. */
export interface Asked {
  /** Of the campaign. */
  code: string
  name?: string | undefined
  parameters: ParameterValues
}
