export interface BenchOptions {
  quick: boolean
  /** Seconds of each measured phase. */
  seconds: number
  clients: readonly number[]
  profiles: readonly ('dev' | 'cluster')[]
  /** api and worker leave CPU profiles here. */
  cpuProfileDir?: string
  say: (line: string) => void
}

/** One part's figures, ready to print; `versions` go into the heading of the whole run. */
export interface Report {
  title: string
  /** Markdown: notes, then one or more tables. */
  body: string
  versions?: Readonly<Record<string, string>>
}
