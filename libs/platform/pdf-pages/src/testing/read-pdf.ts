import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

interface Item {
  text: string
  x: number
  y: number
  /** The x of its right edge. */
  end: number
}

interface ReadPage {
  items: Item[]
  fonts: { name: string; embedded: boolean }[]
  strayGlyphs: string[]
  paths: number
  images: number
}

export interface ReadPdf {
  /** Of each page its lines from the top, each as its texts from the left. */
  pages: (ReadPage & { lines: string[][] })[]
  info: Record<string, string>
}

/** A file as pdf.js reads it: all of its pages, or those named. */
export async function readPdf(bytes: Uint8Array, only?: readonly number[]): Promise<ReadPdf> {
  const worker = new Worker(join(__dirname, 'pdfjs-thread.mjs'), { workerData: { bytes: new Uint8Array(bytes), only } })
  try {
    const read = await new Promise<{ pages: ReadPage[]; info: Record<string, string> }>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
    return { ...read, pages: read.pages.map((page) => ({ ...page, lines: linesOf(page.items) })) }
  } finally {
    await worker.terminate()
  }
}

function linesOf(items: Item[]): string[][] {
  const lines = new Map<number, Item[]>()
  for (const item of items.filter(({ text }) => text.trim() !== '')) {
    const base = Math.round(item.y)
    lines.set(base, [...(lines.get(base) ?? []), item])
  }
  return [...lines].sort(([a], [b]) => b - a).map(([, line]) => line.sort((a, b) => a.x - b.x).map(({ text }) => text))
}
