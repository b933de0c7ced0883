export { startGenerator, type RunningGenerator } from './start'
