import { stdout } from 'node:process'
import { campaignJsonSchema } from '@lijian/contracts'
import { Command } from 'commander'

export const schemaCommand = (): Command =>
  new Command('schema')
    .description('The JSON Schema of a campaign document, for an editor.')
    .action(() => void stdout.write(`${JSON.stringify(campaignJsonSchema(), null, 2)}\n`))
