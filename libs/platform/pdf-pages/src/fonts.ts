import { create } from 'fontkit'
import type { Font } from 'fontkit'

/** A typeface whose text is measured and drawn code point by code point: no kerning, no ligatures, so what is copied is what was written. */
export interface Typeface {
  readonly font: Font
  has(codePoint: number): boolean
  /** In points. */
  width(text: string, size: number): number
}

export interface PdfFonts {
  readonly regular: Typeface
  readonly bold: Typeface
}

/** Opens the bytes of two TrueType files; one pair serves any number of files. */
export const openFonts = (regular: Uint8Array, bold: Uint8Array): PdfFonts => ({
  regular: typeface(regular),
  bold: typeface(bold),
})

/** Where npm put Noto Sans SC (OFL): all of GBK and more. The caller reads them. */
export const notoSansSc = (): { regular: string; bold: string } => ({
  regular: require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'),
})

interface Glyph {
  id: number
  advanceWidth: number
  codePoints: number[]
}

function typeface(bytes: Uint8Array): Typeface {
  const font = create(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (!('layout' in font)) throw new TypeError('a font collection: one TrueType font is expected')
  const perEm = font.unitsPerEm
  const glyphs = new Map<number, Glyph>()
  const glyphOf = (codePoint: number): Glyph => {
    let glyph = glyphs.get(codePoint)
    if (!glyph) {
      const { id, advanceWidth } = font.glyphForCodePoint(codePoint)
      glyphs.set(codePoint, (glyph = { id, advanceWidth, codePoints: [codePoint] }))
    }
    return glyph
  }
  // pdfkit asks the font for its layout. fontkit's own shapes each run anew, and pdfkit would keep every run for ever.
  font.layout = ((text: string) => runOf([...text].map((char) => glyphOf(char.codePointAt(0)!)))) as Font['layout']
  return {
    font,
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    width: (text, size) => (widthOf(text, glyphOf) * size) / perEm,
  }
}

// pdfkit scales the positions in place and reads the advance afterwards.
const runOf = (glyphs: Glyph[]) => {
  const positions = glyphs.map(({ advanceWidth }) => ({ xAdvance: advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 }))
  return {
    glyphs,
    positions,
    get advanceWidth() {
      return positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0)
    },
  }
}

function widthOf(text: string, glyphOf: (codePoint: number) => Glyph): number {
  let width = 0
  for (const char of text) width += glyphOf(char.codePointAt(0)!).advanceWidth
  return width
}
