import type { Chart } from './chart'
import { chartOption } from './chart-option'
import type { Language } from '@lijian/sheet-files'
import type { Typeface } from './fonts'
import type { Paper } from './paper'

const BESIDE = 2
const GAP = 14
const HEIGHT = 172

/** Charts two by two, drawn as vectors. */
export interface ChartRows {
  count: number
  height: number
  draw(row: number, y: number): void
}

/** Whole width for a chart that stands alone. */
export async function chartRows(charts: readonly Chart[], paper: Paper, language: Language): Promise<ChartRows> {
  const { left, right } = paper.frame
  const beside = Math.min(BESIDE, charts.length)
  const width = (right - left - (beside - 1) * GAP) / Math.max(1, beside)
  const drawings =
    charts.length > 0
      ? await drawn(
          charts.map((chart) => clean(chart, paper)),
          width,
          paper,
          language,
        )
      : []
  return {
    count: Math.ceil(charts.length / BESIDE),
    height: HEIGHT + 10,
    draw: (row, y) => {
      for (const [i, svg] of drawings.slice(row * BESIDE, (row + 1) * BESIDE).entries())
        paper.drawing(svg, left + i * (width + GAP), y, width, HEIGHT)
    },
  }
}

// Loaded by the files that have charts alone: it is large.
async function drawn(charts: readonly Chart[], width: number, paper: Paper, language: Language): Promise<string[]> {
  const { init, setPlatformAPI } = await import('echarts')
  setPlatformAPI({ measureText: (text, font) => ({ width: measured(text, font, paper.face()) }) })
  return charts.map((chart) => {
    const canvas = init(null, null, { renderer: 'svg', ssr: true, width, height: HEIGHT })
    canvas.setOption(chartOption(chart, language))
    const svg = canvas.renderToSVGString()
    canvas.dispose()
    return svg
  })
}

const measured = (text: string, font: string | undefined, face: Typeface): number =>
  face.width(text, Number(/([\d.]+)px/.exec(font ?? '')?.[1] ?? 12))

const clean = (chart: Chart, paper: Paper): Chart => ({
  ...chart,
  title: paper.clean(chart.title, true),
  categories: chart.categories.map((name) => paper.clean(name)),
  series: chart.series.map(({ name, values }) => ({ name: paper.clean(name), values })),
})
