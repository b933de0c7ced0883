import { runGenerator } from './run'

runGenerator()
