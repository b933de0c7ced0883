export { liftRef, resumeRef, suspendRef, suspensionsUnder } from './suspend-ref'
