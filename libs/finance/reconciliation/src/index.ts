export { caseResolutions } from './resolution'
export { BillImports } from './imports'
export { BillLayouts } from './layouts'
export { DayRuns, type RunOptions } from './runs'
