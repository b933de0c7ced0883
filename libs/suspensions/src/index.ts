export { resumeRef, suspendRef, suspensionsUnder } from './suspend-ref'
