import { runGenerator } from '@lijian/report-generator'
import { benchDefinitionOf } from './many-report'

/** The generator as production runs it, with the report of the bench. */
runGenerator({ definitionOf: benchDefinitionOf })
process.send?.({ port: Number(process.env['LIJIAN_REPORT_PORT']) })
