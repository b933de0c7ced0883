export { ReportFiles } from './files'
export { LINK_TTL_MS, ReportLinks, type OpenedFile } from './links'
export { ReportRuns, RUN_CHANNEL, type Asked, type RunRule } from './runs'
export { MOST_ATTEMPTS, reportCases, ReportWork, SILENT_MS, type Attempt, type Claimed, type Made } from './work'
