export { recordChange } from './change'
export { ReadingAgain, type ReadingOptions } from './reading-again'
