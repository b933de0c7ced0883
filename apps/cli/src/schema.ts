import { stdout } from 'node:process'
import { campaignJsonSchema } from '@lijian/contracts/marketing'
import { routingJsonSchema } from '@lijian/contracts/routing'
import { Argument, Command } from 'commander'

const SCHEMAS = { campaign: campaignJsonSchema, routing: routingJsonSchema } as const
type Name = keyof typeof SCHEMAS

export const schemaCommand = (): Command =>
  new Command('schema')
    .description('The JSON Schema of a document, for an editor.')
    .addArgument(new Argument('[document]', 'which document').choices(Object.keys(SCHEMAS)).default('campaign'))
    .action((name: Name) => void stdout.write(`${JSON.stringify(SCHEMAS[name](), null, 2)}\n`))
