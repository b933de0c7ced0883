// Another program reads our files: pdf.js, in a thread of its own, for jest cannot load its modules.
import { parentPort, workerData } from 'node:worker_threads'
import { getDocument, OPS, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'

const pdf = await getDocument({ data: workerData.bytes, fontExtraProperties: true, verbosity: VerbosityLevel.ERRORS })
  .promise
const pages = []
for (const n of workerData.only ?? Array.from({ length: pdf.numPages }, (_, i) => i + 1)) {
  const page = await pdf.getPage(n)
  const { items } = await page.getTextContent()
  pages.push({ items: items.map(placed), ...(await drawn(page)) })
  page.cleanup()
}
const { info } = await pdf.getMetadata()
parentPort.postMessage({ pages, info })
await pdf.destroy()

function placed({ str, transform, width }) {
  return { text: str, x: transform[4], y: transform[5], end: transform[4] + width }
}

/** The fonts of a page, the glyphs that are not in them, and how many paths and images it draws. */
async function drawn(page) {
  const { fnArray, argsArray } = await page.getOperatorList()
  const fonts = new Map()
  const strayGlyphs = []
  let paths = 0
  let images = 0
  for (const [i, fn] of fnArray.entries()) {
    if (fn === OPS.setFont) {
      const font = page.commonObjs.get(argsArray[i][0])
      fonts.set(font.name, !font.missingFile)
    }
    if (fn === OPS.showText)
      strayGlyphs.push(
        ...argsArray[i][0].filter(
          (glyph) => typeof glyph === 'object' && !glyph.isInFont && glyph.unicode.trim() !== '',
        ),
      )
    if (fn === OPS.constructPath) paths++
    if (fn === OPS.paintImageXObject || fn === OPS.paintInlineImageXObject) images++
  }
  return {
    fonts: [...fonts].map(([name, embedded]) => ({ name, embedded })),
    strayGlyphs: strayGlyphs.map((glyph) => glyph.unicode),
    paths,
    images,
  }
}
