import type { EChartsOption } from 'echarts'
import type { Chart } from './chart'
import type { Language } from '@lijian/sheet-files'
import { WORDS } from './words'

const COLORS = ['#2f6db3', '#e39a2d', '#459d72', '#b9504f', '#7b68ac', '#5b95a8', '#a98a3f', '#8a8f98']
const TEXT = { fontFamily: 'sans-serif', fontSize: 8, color: '#3c4043' }
const SLICES_AT_MOST = 8
const AXIS_LINE = { lineStyle: { color: '#9aa0a6', width: 0.6 } }
const SPLIT_LINE = { lineStyle: { color: '#e3e5e8', width: 0.5 } }

/** What ECharts is told; every text of the chart is clean already. */
export function chartOption(chart: Chart, language: Language): EChartsOption {
  const unit = WORDS[language].units[chart.type ?? 'integer']
  const values = chart.series.map((series) => ({
    ...series,
    values: series.values.map((value) => shown(chart, value)),
  }))
  const nothing = values.every((series) => series.values.every((value) => value === null || value === 0))
  const common: EChartsOption = {
    animation: false,
    color: COLORS,
    textStyle: TEXT,
    title: [
      { text: chart.title + unit, left: 'center', top: 2, textStyle: { ...TEXT, fontSize: 10, fontWeight: 'bold' } },
      ...(nothing ? [{ text: WORDS[language].chartEmpty, left: 'center', top: 'middle', textStyle: TEXT }] : []),
    ],
  }
  if (nothing) return common
  return { ...common, ...(chart.kind === 'pie' ? pie(chart, values, language) : axes(chart, values, language)) }
}

type Series = readonly { name: string; values: (number | null)[] }[]

// fen → yuan, ppm → per cent: a drawing is no ledger, so binary fractions do.
const shown = ({ type }: Chart, value: number | null): number | null =>
  value === null ? null : type === 'amount' ? value / 100 : type === 'rate' ? value / 10_000 : value

function axes(chart: Chart, series: Series, language: Language): EChartsOption {
  const rank = chart.kind === 'rank'
  const many = series.length > 1
  const names = {
    type: 'category' as const,
    data: [...chart.categories],
    inverse: rank,
    boundaryGap: chart.kind !== 'line',
    axisLine: AXIS_LINE,
    axisTick: { show: false },
    axisLabel: { ...TEXT, hideOverlap: true, width: rank ? 110 : 64, overflow: 'truncate' as const },
  }
  const values = {
    type: 'value' as const,
    axisLine: { show: false },
    splitLine: SPLIT_LINE,
    splitNumber: 4,
    axisLabel: { ...TEXT, formatter: (value: number) => compact(value, language) },
  }
  return {
    legend: many ? { bottom: 0, itemWidth: 12, itemHeight: 7, itemGap: 12, textStyle: TEXT } : { show: false },
    grid: {
      left: 8,
      right: 14,
      top: 26,
      bottom: many ? 20 : 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    ...(rank ? { xAxis: values, yAxis: names } : { xAxis: names, yAxis: values }),
    series: series.map(({ name, values: data }) =>
      chart.kind === 'line'
        ? { type: 'line', name, data, symbolSize: 3, lineStyle: { width: 1.4 }, showSymbol: data.length <= 31 }
        : { type: 'bar', name, data, barMaxWidth: 22 },
    ),
  }
}

function pie(chart: Chart, [series]: Series, language: Language): EChartsOption {
  const slices = chart.categories
    .map((name, i) => ({ name, value: series?.values[i] ?? 0 }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value)
  const named = slices.length > SLICES_AT_MOST ? slices.slice(0, SLICES_AT_MOST - 1) : slices
  const others = slices.slice(named.length).reduce((sum, { value }) => sum + value, 0)
  const all = others > 0 ? [...named, { name: WORDS[language].others, value: others }] : named
  const sum = all.reduce((total, { value }) => total + value, 0)
  const data = all.map(({ name, value }) => ({ name: `${short(name)}  ${rounded((100 * value) / sum, 10)}%`, value }))
  return {
    legend: {
      orient: 'vertical',
      left: '52%',
      top: 'middle',
      itemWidth: 9,
      itemHeight: 9,
      itemGap: 6,
      textStyle: TEXT,
    },
    series: [
      {
        type: 'pie',
        center: ['28%', '56%'],
        radius: ['38%', '74%'],
        label: { show: false },
        itemStyle: { borderColor: '#fff', borderWidth: 1 },
        data,
      },
    ],
  }
}

const short = (name: string): string => ([...name].length > 14 ? [...name].slice(0, 13).join('') + '…' : name)

/** 12500000 is `1250万`, or `12.5M`. */
export function compact(value: number, language: Language): string {
  for (const [size, unit] of SIZES[language]) if (Math.abs(value) >= size) return rounded(value / size, 100) + unit
  return rounded(value, 100)
}

const SIZES: Record<Language, [number, string][]> = {
  zh: [
    [1e8, '亿'],
    [1e4, '万'],
  ],
  en: [
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'K'],
  ],
}

const rounded = (value: number, parts: number): string => String(Math.round(value * parts) / parts)
