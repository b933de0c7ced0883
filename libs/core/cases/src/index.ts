export { caseKinds, type CaseKinds, type FoundCase } from './case-kinds'
export { caseCurrency, Cases } from './cases'
export { openCasesByKind, openCasesOf, remindOwners, type OpenCases } from './open-cases'
export type { OpenCase, Resolution, Resolutions } from './resolution'
