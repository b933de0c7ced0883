import { runGenerator } from '../run'
import { testDefinitionOf } from './slow-report'

/** The generator as production runs it, with the reports and the patience of a test. */
runGenerator({ definitionOf: testDefinitionOf, silentMs: Number(process.env['TEST_SILENT_MS']), tidyEveryMs: 500 })
