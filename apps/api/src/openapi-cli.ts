import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openApiDocument, textOf } from './openapi'

/** Writes apps/api/openapi.json from the table of endpoints: no server, no database. */
openApiDocument().then(
  (document) => writeFileSync(join(__dirname, '..', 'openapi.json'), textOf(document)),
  (error: unknown) => {
    console.error(error)
    process.exitCode = 1
  },
)
