export { caseKinds, type CaseKinds, type FoundCase } from './case-kinds'
export { Cases } from './cases'
export { openCasesByKind, openCasesOf, remindOwners, type OpenCases } from './open-cases'
export type { OpenCase, Resolution, Resolutions } from './resolution'
