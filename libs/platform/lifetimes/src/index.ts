export { END_WITHIN_MS, endWithin } from './end-within'
export { Lifetimes } from './lifetimes'
