export { Lifetimes } from './lifetimes'
