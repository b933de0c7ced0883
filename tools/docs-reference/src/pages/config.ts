import { variableTable } from '@lijian/config'
import { code, page, table } from '../markdown'

const shown = (value: string) => (value === 'required' || value === 'none' ? value : code(value))

export function configPage(): string {
  const rows = variableTable.map(({ name, default: value, expected, meaning }) => [
    code(name),
    shown(value),
    expected,
    meaning,
  ])
  return page({
    title: 'Configuration',
    about: 'Every environment variable that api, worker, command line and launcher read.',
    source: '[variables.ts](../../libs/platform/config/src/variables.ts)',
    blocks: [
      'A start names all wrong variables at once. An unknown name that begins with `LIJIAN_` also stops it. ' +
        '`./lijian config` prints the same table. `./lijian up` finds or makes what is "required".',
      table(['Variable', 'Default', 'Expected', 'Meaning'], rows),
    ],
  })
}
