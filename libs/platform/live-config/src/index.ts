export { recordChange } from './change'
