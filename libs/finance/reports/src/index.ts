export { named, type Ask, type Proof, type ReportDefinition, type ReportRow, type Section } from './definition'
export { definitionOf, REPORTS } from './definitions'
export { checkParameters, checkSection, reportList, ReportPages } from './pages'
export {
  countOf,
  differences,
  everyRow,
  firstRows,
  orderedRows,
  totalsOf,
  withSnapshot,
  type Snapshot,
} from './reading'
export { statementFigures, statementSection, type StatementFigures } from './statement'
