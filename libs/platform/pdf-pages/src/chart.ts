/** A chart as data: a page of a file draws it, and a page of a console may, too. */
export interface Chart {
  /** bar: columns over time or few names. rank: bars with long names, the first on top. line: a course. pie: shares of one series. */
  kind: 'bar' | 'rank' | 'line' | 'pie'
  title: string
  categories: readonly string[]
  /** One value a category; null leaves a gap. */
  series: readonly { name: string; values: readonly (number | null)[] }[]
  /** What the values are, as in a column: whole numbers, fen or ppm. */
  type?: 'integer' | 'amount' | 'rate'
}
