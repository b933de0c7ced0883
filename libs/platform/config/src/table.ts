import { port } from './formats'
import { variables } from './variables'

export interface VariableRow {
  name: string
  default: string
  expected: string
  meaning: string
}

export const variableTable: readonly VariableRow[] = Object.values(variables).map((variable) => ({
  name: variable.name,
  default: variable.default ?? (variable.required ? 'required' : 'none'),
  expected: variable.format.expected,
  meaning: variable.meaning,
}))

/** Every port of a program, by the variable that moves it. */
export const DEFAULT_PORTS: Readonly<Record<string, number>> = Object.fromEntries(
  Object.values(variables).flatMap((one) => (one.format === port ? [[one.name, Number(one.default)]] : [])),
)

/** The table of docs/reference/config.md. */
export function markdownTable(rows: readonly VariableRow[] = variableTable): string {
  const line = (...cells: string[]) => `| ${cells.join(' | ')} |`
  return [
    line('Variable', 'Default', 'Expected', 'Meaning'),
    line('---', '---', '---', '---'),
    ...rows.map((row) => line(`\`${row.name}\``, shown(row.default), row.expected, row.meaning)),
  ].join('\n')
}

const shown = (value: string) => (value === 'required' || value === 'none' ? value : `\`${value}\``)
