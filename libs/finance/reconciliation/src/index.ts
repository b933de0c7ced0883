export { caseResolutions } from './resolution'
export { BillImports } from './imports'
export { billLayoutKinds, BillLayouts, putBillLayout } from './layouts'
export { DayRuns, type RunOptions } from './runs'
