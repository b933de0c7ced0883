import { markdownTable } from '@lijian/config'
import { page } from '../markdown'

export const configPage = (): string =>
  page({
    title: 'Configuration',
    about: 'Every environment variable that api, worker, command line and launcher read.',
    source: '[variables.ts](../../libs/platform/config/src/variables.ts)',
    blocks: [
      'A start names all wrong variables at once. An unknown name that begins with `LIJIAN_` also stops it. ' +
        '`./lijian config` prints the same table. `./lijian up` finds or makes what is "required".',
      markdownTable(),
    ],
  })
