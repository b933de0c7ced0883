export { cycleKinds } from './changes'
export { PartnerCycles } from './cycles'
export { periodLabel, periodOf, type Period } from './periods'
