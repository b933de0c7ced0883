const TAG = /<(\/?)([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z][A-Za-z0-9:-]*="[^"<]*")*)\s*(\/?)>/y

/** What is not XML about a page: tags that do not nest, attributes that come twice, characters that are not escaped. Empty: it is well-formed. */
export function faultsOf(page: string): string[] {
  const open: string[] = []
  const text = (from: number, to: number) =>
    page.slice(from, to).replaceAll(/&(amp|lt|gt|quot|#[0-9]+);/g, '').match(/[&<>]/) // prettier-ignore
  let at = page.startsWith('<!DOCTYPE html>') ? '<!DOCTYPE html>'.length : 0
  while (at < page.length) {
    const next = page.indexOf('<', at)
    // `>` may stand in a style sheet, nowhere else in text.
    if (text(at, next < 0 ? page.length : next) !== null && open.at(-1) !== 'style') return [`text at ${at}`]
    if (next < 0) break
    TAG.lastIndex = next
    const [whole, closes, name, attributes, empty] = TAG.exec(page) ?? []
    if (whole === undefined) return [`tag at ${next}: ${page.slice(next, next + 80)}`]
    const names = [...attributes!.matchAll(/([A-Za-z][A-Za-z0-9:-]*)="([^"]*)"/g)].map(([, attribute, value]) => {
      if (value!.replaceAll(/&(amp|lt|gt|quot);/g, '').includes('&')) open.push(`& in ${attribute}`)
      return attribute!
    })
    if (new Set(names).size < names.length) return [`attribute twice: ${whole}`]
    if (closes === '/' && open.pop() !== name) return [`${whole} closes what is not open, at ${next}`]
    if (closes === '' && empty === '') open.push(name!)
    at = next + whole.length
  }
  return open
}

/** Whatever would make a browser load or run something. */
export const reachesOutside = (page: string): string[] =>
  page
    .replace('xmlns="http://www.w3.org/1999/xhtml"', '')
    .match(/https?:|\/\/[a-z]|<script|<link|<img|<iframe|<object|\ssrc=|\shref=|\son[a-z]+=|\sstyle=|url\(|@import|javascript:|data:/gi) ?? [] // prettier-ignore
