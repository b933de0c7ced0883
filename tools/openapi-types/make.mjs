/**
 * Writes the types of the console from apps/api/openapi.json, and what each operation that changes something asks for. In a package of its own,
 * because openapi-typescript needs the compiler's API, which TypeScript 7 has not. `--check` compares and writes nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const MADE = '// Made by tools/openapi-types from apps/api/openapi.json: npm run openapi\n'

const document = JSON.parse(readFileSync(at('apps/api/openapi.json'), 'utf8'))

/** Who may, as data: what a button needs before it is pressed. */
const operations = Object.entries(document.paths)
  .flatMap(([path, methods]) => Object.entries(methods).map(([method, one]) => ({ path, method, ...one })))
  .filter(({ method, operationId }) => method !== 'get' && operationId !== undefined)
  .map(({ operationId, method, path, ...one }) => {
    const asked = { method, path, scopes: one['x-scopes'] ?? [] }
    return `  ${operationId}: ${JSON.stringify({ ...asked, isOfHeadOffice: one['x-head-office'] === true })},`
  })

const made = {
  'apps/console/src/api/schema.d.ts': MADE + astToString(await openapiTS(document)),
  'apps/console/src/api/operations.ts': `${MADE}export const OPERATIONS = {\n${operations.join('\n')}\n} as const\n`,
}
for (const [file, text] of Object.entries(made)) {
  if (!process.argv.includes('--check')) writeFileSync(at(file), text)
  else if (readFileSync(at(file), 'utf8') !== text) {
    console.error(`${file} is older than apps/api/openapi.json: npm run openapi`)
    process.exitCode = 1
  }
}
