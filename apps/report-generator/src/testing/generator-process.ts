import { runGenerator } from '../run'
import { testDefinitionOf } from './slow-report'

/** The generator as production runs it, with the reports and the patience of a test, and without yielding to other suites. */
runGenerator({
  definitionOf: testDefinitionOf,
  silentMs: Number(process.env['TEST_SILENT_MS']),
  tidyEveryMs: 500,
  lowest: process.env['TEST_LOWEST'] === 'yes',
})
