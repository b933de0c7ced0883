import { stderr, stdout } from 'node:process'
import { Command } from 'commander'
import { readCampaigns } from './documents'

export const checkCommand = (): Command =>
  new Command('check')
    .description('Are these campaign documents valid? Every error with its place; exit code 2 when there is one.')
    .argument('<path>', 'a file with one campaign or an array, or a folder of them')
    .action((path: string) => {
      const campaigns = readCampaigns(path, (line) => stderr.write(`${line}\n`))
      for (const { code, name, offers } of campaigns)
        stdout.write(`${code} ${name}: valid, ${offers.length} offer${offers.length === 1 ? '' : 's'}\n`)
    })
