import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import type { Language } from '@lijian/sheet-files'

/** The fixed words of a file, in both languages. */
const ZH = {
  colon: '：',
  page: (n: number, of: number) => `第 ${n} 页 共 ${of} 页`,
  rowsOfAll: (shown: string, all: string) =>
    `本文件只列前 ${shown} 行；全部共 ${all} 行，合计为全部行之合计。其余各行请取 CSV 或 XLSX 文件。`,
  noRows: '本期无记录',
  chartEmpty: '无数据',
  others: '其他',
  units: { integer: '', amount: '（元）', rate: '（%）' },
}

export type Words = typeof ZH

const EN: Words = {
  colon: ': ',
  page: (n, of) => `Page ${n} of ${of}`,
  rowsOfAll: (shown, all) =>
    `This file lists the first ${shown} of ${all} rows. Totals are of all rows. Take the CSV or XLSX file for the rest.`,
  noRows: 'No records in this period',
  chartEmpty: 'No data',
  others: 'Others',
  units: { integer: '', amount: ' (CNY)', rate: ' (%)' },
}

export const WORDS = { zh: ZH, en: EN }

/** What amounts of a currency are counted in. */
export const unitOf = (currency: string, language: Language): string =>
  currency === DEFAULT_CURRENCY && language === 'zh' ? '元' : currency
