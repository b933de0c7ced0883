/** node download-temporal.mjs VERSION FOLDER: the SDK leaves the Temporal CLI of that version in the folder. */
import { TestWorkflowEnvironment } from '@temporalio/testing'

const [version, downloadDir] = process.argv.slice(2)
const executable = { type: 'cached-download', version, downloadDir }
const environment = await TestWorkflowEnvironment.createLocal({ server: { executable, ui: false } })
await environment.teardown()
