export { publishedPath, stagedPath, writeStaged, type WrittenFile } from './file-writer'
export { listFiles, listRuns, listSettlements, putSystem, readRun, readSystem } from './queries'
export { ClearingRuns, type ClearingRunsOptions, type OnProgress } from './runs'
export type { StoredFile } from './rows'
