/** What differs from run to run; a page shows one of its values, the comparison none. Order matters: longer forms first. */
const VOLATILE: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)/g, '<instant>'],
  [/\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?/g, '<time>'],
  [/\d{4}-\d\d-\d\d/g, '<date>'],
  [/_20\d{6}_/g, '_<date>_'],
  [/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>'],
  [/\b[0-9a-f]{12,64}\b/g, '<hash>'],
  [/"(maker|checker|by|owner|explainedBy)":"[a-z0-9]{12}"/g, '"$1":"<key>"'],
  [/"id":\d+/g, '"id":<n>'],
  [/[\d,.]+ (ms|s)\b/g, '<duration>'],
  [/[\d,]+\/s\b/g, '<rate>'],
]

export const normal = (text: string): string =>
  VOLATILE.reduce((now, [pattern, word]) => now.replace(pattern, word), text)

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Does the output agree with what the page shows? `…` stands for anything on a line; alone on a line for any number of lines. */
export function agrees(shown: readonly string[], said: string): boolean {
  const lines = shown.map((line) =>
    line.trim() === '…' ? '(?:.*\\n)*?' : `${normal(line.trimEnd()).split('…').map(escape).join('.*')}\\n`,
  )
  const text = said.split('\n').map((line) => line.trimEnd()).join('\n') // prettier-ignore
  return new RegExp(`^${lines.join('')}$`).test(normal(text).replace(/\n*$/, text.trim() === '' ? '' : '\n'))
}
