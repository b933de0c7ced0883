/** One command of a console block and the output that the page shows. */
export interface Command {
  line: number
  text: string
  shown: string[]
}

export type Block =
  | { kind: 'console'; line: number; commands: Command[] }
  | { kind: 'no-run'; line: number; why: string }
  | { kind: 'file'; line: number; name: string; content: string }

/** A fence opens a block; its info string says what the block is. */
const FENCE = /^```(\S*)[ \t]*(.*)$/

/**
 * The blocks of a page that the test knows: `console` (commands after `$ `, their other lines after `> `, output between them),
 * `console no-run: reason`, and `<language> file: name`, which the test writes. A shell block in another form is a fault of the page.
 */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const fence = FENCE.exec(lines[at]!)
    if (!fence) continue
    const end = lines.indexOf('```', at + 1)
    if (end < 0) throw new Error(`line ${at + 1}: a block without an end`)
    const block = blockOf(fence[1]!, fence[2]!, lines.slice(at + 1, end), at + 1)
    if (block) blocks.push(block)
    at = end
  }
  return blocks
}

function blockOf(language: string, info: string, lines: string[], line: number): Block | undefined {
  if (['sh', 'bash', 'shell'].includes(language)) throw new Error(`line ${line}: write \`\`\`console, so that it runs`)
  const name = /^file: (\S+)$/.exec(info)?.[1]
  if (name !== undefined) return { kind: 'file', line, name, content: `${lines.join('\n')}\n` }
  if (language !== 'console') return undefined
  if (info === '') return { kind: 'console', line, commands: commandsOf(lines, line) }
  const why = /^no-run: (.{5,})$/.exec(info)?.[1]
  if (why === undefined) throw new Error(`line ${line}: \`\`\`console ${info}: "no-run: reason" is the only word known`)
  return { kind: 'no-run', line, why }
}

function commandsOf(lines: string[], line: number): Command[] {
  const commands: Command[] = []
  for (const [at, text] of lines.entries()) {
    const last = commands.at(-1)
    if (text.startsWith('$ ')) commands.push({ line: line + at + 1, text: text.slice(2), shown: [] })
    else if (last === undefined) throw new Error(`line ${line + at + 1}: output before the first command`)
    else if (text.startsWith('> ') && last.shown.length === 0) last.text += `\n${text.slice(2)}`
    else last.shown.push(text)
  }
  if (commands.length === 0) throw new Error(`line ${line}: a console block without a command`)
  return commands
}
