/** `#交易合计：{n}笔，共{sum}元` against a line: the numbers by their placeholders, or undefined when it is another sentence. */
export function matchSentence(sentence: string, line: string): Map<string, string> | undefined {
  const parts = sentence.split(/\{([A-Za-z0-9]+)\}/)
  const found = new Map<string, string>()
  let at = 0
  for (let i = 0; i < parts.length; i += 2) {
    const words = parts[i]!
    if (!line.startsWith(words, at)) return undefined
    at += words.length
    const name = parts[i + 1]
    if (name === undefined) break
    const number = /^[-+]?[\d,]*\.?\d*/.exec(line.slice(at))![0]
    if (number === '') return undefined
    found.set(name, number)
    at += number.length
  }
  return line.slice(at).trim() === '' ? found : undefined
}
