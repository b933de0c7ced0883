import { createHash } from 'node:crypto'
import PDFDocument from 'pdfkit'
import SVGtoPDF from 'svg-to-pdfkit'
import { cleanText } from './clean-text'
import type { Showing } from '@lijian/sheet-files'
import type { PdfFonts, Typeface } from './fonts'
import { cut } from './fit'
import type { Give } from './streamed'

/** What every file needs beside what it tells. */
export interface PdfJob extends Showing {
  fonts: PdfFonts
  /** Goes into the file: the same instant and content give the same bytes. */
  createdAtMs: number
  /** Lets the event loop turn after each page, such as `setImmediate` of node:timers/promises. */
  breathe: () => Promise<unknown>
  signal?: AbortSignal
  /** Hears after each page how many rows are drawn. */
  onRows?: (rows: number) => void
}

export interface PdfResult {
  pages: number
  bytes: number
  sha256: string
}

export type Orientation = 'portrait' | 'landscape'

export interface Ink {
  size: number
  bold?: boolean
  color?: string
  /** Where the text stands within `width`: left by default. */
  align?: 'left' | 'center' | 'right'
  /** What is wider is cut. */
  width?: number
}

export const BLACK = '#1a1a1a'
export const GREY = '#5f6368'
export const LINE = '#c4c7cc'
export const SHADE = '#f1f3f5'

const A4 = { short: 595.28, long: 841.89 }
export const MARGIN = { side: 36, top: 36, bottom: 44 }

/** Where things stand on a page, in points from its upper left corner. */
export interface Frame {
  left: number
  right: number
  top: number
  bottom: number
  width: number
  height: number
}

export function frameOf(orientation: Orientation): Frame {
  const [width, height] = orientation === 'portrait' ? [A4.short, A4.long] : [A4.long, A4.short]
  return {
    left: MARGIN.side,
    right: width - MARGIN.side,
    top: MARGIN.top,
    bottom: height - MARGIN.bottom,
    width,
    height,
  }
}

/** A PDF that is written page by page: a page that is turned is out of memory. */
export class Paper {
  readonly frame: Frame
  pages = 0
  private readonly doc: PDFKit.PDFDocument
  private readonly hash = createHash('sha256')
  private bytes = 0

  constructor(
    private readonly to: Give,
    private readonly job: PdfJob,
    about: { title: string; orientation: Orientation },
  ) {
    this.frame = frameOf(about.orientation)
    const createdAt = new Date(job.createdAtMs)
    this.doc = new PDFDocument({
      size: [this.frame.width, this.frame.height],
      // Nothing flows here, and pdfkit would begin a page where a text reaches into a margin.
      margin: 0,
      autoFirstPage: false,
      bufferPages: false,
      // None of pdfkit's own: the standard fonts cannot be embedded.
      font: '',
      fontLayoutCache: false,
      pdfVersion: '1.7',
      lang: job.language === 'zh' ? 'zh-CN' : 'en',
      displayTitle: true,
      info: { Title: this.clean(about.title), Creator: 'Lijian', CreationDate: createdAt, ModDate: createdAt },
    } as PDFKit.PDFDocumentOptions)
    this.doc.registerFont('regular', job.fonts.regular.font as unknown as Uint8Array)
    this.doc.registerFont('bold', job.fonts.bold.font as unknown as Uint8Array)
  }

  face(bold = false): Typeface {
    return bold ? this.job.fonts.bold : this.job.fonts.regular
  }

  clean(text: string, bold = false): string {
    return cleanText(text, this.face(bold))
  }

  newPage(): void {
    this.job.signal?.throwIfAborted()
    this.doc.addPage()
    this.pages++
  }

  /** Writes a clean text; y is its base line. */
  text(text: string, x: number, y: number, { size, bold = false, color = BLACK, align = 'left', width }: Ink): void {
    const face = this.face(bold)
    const fits = width === undefined ? text : cut(text, width, size, face)
    if (fits === '') return
    const textWidth = face.width(fits, size)
    const gap = align === 'left' ? 0 : (width ?? 0) - textWidth
    this.doc
      .font(bold ? 'bold' : 'regular', size)
      .fillColor(color)
      .text(fits, x + (align === 'center' ? gap / 2 : gap), y, {
        lineBreak: false,
        baseline: 'alphabetic',
        // What pdfkit would measure once more.
        ...{ textWidth, wordCount: 1 },
      })
  }

  line(x1: number, y1: number, x2: number, y2: number, width = 0.5, color = LINE): void {
    this.doc.moveTo(x1, y1).lineTo(x2, y2).lineWidth(width).strokeColor(color).stroke()
  }

  shade(x: number, y: number, width: number, height: number, color = SHADE): void {
    this.doc.rect(x, y, width, height).fill(color)
  }

  box(x: number, y: number, width: number, height: number): void {
    this.doc.rect(x, y, width, height).lineWidth(0.6).strokeColor(GREY).stroke()
  }

  /** Draws an SVG of ours as vectors. */
  drawing(svg: string, x: number, y: number, width: number, height: number): void {
    const fontCallback = (_family: string, bold: boolean) => (bold ? 'bold' : 'regular')
    SVGtoPDF(this.doc, svg, x, y, { width, height, assumePt: true, fontCallback })
  }

  /** Ends the page: its bytes go to the sink, and others have their turn. */
  async turn(): Promise<void> {
    this.doc.flushPages()
    await this.give()
    await this.job.breathe()
    this.job.signal?.throwIfAborted()
  }

  async end(): Promise<PdfResult> {
    this.doc.end()
    await this.give()
    return { pages: this.pages, bytes: this.bytes, sha256: this.hash.digest('hex') }
  }

  private async give(): Promise<void> {
    for (let chunk = this.take(); chunk !== null; chunk = this.take()) {
      this.hash.update(chunk)
      this.bytes += chunk.length
      await this.to(chunk)
    }
  }

  private take(): Buffer | null {
    return this.doc.read() as Buffer | null
  }
}
