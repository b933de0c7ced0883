/** What a package of each type may import from other packages of the house. A type that is not here does not exist. */
export const MAY_IMPORT = {
  pure: ['pure', 'contract'],
  contract: ['contract'],
  persistence: ['contract', 'pure'],
  workflow: ['contract', 'pure', 'workflow'],
  'use-case': ['use-case', 'contract', 'pure', 'persistence', 'workflow'],
  client: ['contract', 'pure', 'workflow'],
  config: [],
  telemetry: [],
  // Runs in a browser: what it shares with the house is data and words.
  web: ['contract', 'pure'],
  app: ['use-case', 'contract', 'pure', 'persistence', 'workflow', 'client', 'config', 'telemetry', 'app', 'web'],
  tool: [
    'use-case',
    'contract',
    'pure',
    'persistence',
    'workflow',
    'client',
    'config',
    'telemetry',
    'app',
    'web',
    'tool',
  ],
}

/** Where packages stand. */
export const PLACES = ['apps/*', 'libs/*/*', 'workflows/*/*', 'sdk/*', 'tools/*']

/** The wing of a folder: the folder above a library or a flow; apps, sdk and tools are wings of their own. */
export function wingOf(dir) {
  const [top, wing] = dir.split('/')
  return top === 'libs' || top === 'workflows' ? wing : top
}

/** The name that a folder gives its package. */
export const nameOf = (dir) =>
  NAMED_OTHERWISE[dir] ?? `@lijian/${dir.startsWith('workflows/') ? 'workflow-' : ''}${dir.split('/').at(-1)}`

/** The SDK is named for its purpose: the folder names the language. */
const NAMED_OTHERWISE = { 'sdk/typescript': '@lijian/client' }

/** Which other wings the packages of a wing see; each sees its own. A wing that is not here does not exist. */
export const MAY_SEE = {
  platform: [],
  core: ['platform'],
  marketing: ['platform', 'core'],
  routing: ['platform', 'core', 'marketing'],
  finance: ['platform', 'core', 'marketing', 'routing'],
  sdk: ['platform', 'marketing'],
  apps: ['platform', 'core', 'marketing', 'routing', 'finance', 'sdk'],
  tools: ['platform', 'core', 'marketing', 'routing', 'finance', 'sdk', 'apps'],
}

/** What to do in place of a forbidden import. */
export const INSTEAD = {
  persistence: 'take the rows as arguments; whoever reads them is a use case',
  'use-case': 'let the app call the use case and hand its result over',
  app: 'move what you need into a library; nothing imports an app',
  tool: 'move what you need into a library; nothing imports a tool',
  config: 'take the setting as an argument; apps read @lijian/config',
  telemetry: 'take a callback; apps connect it to @lijian/telemetry',
  workflow: 'the app connects both',
  client: 'call the use case directly',
  pure: 'move the shape into @lijian/contracts',
  contract: 'this type imports nothing of the house',
}

/**
 * External modules that type:pure and type:contract may import, and which of their names (types: any declared one);
 * everything else is I/O, a clock or chance.
 */
export const PURE_EXTERNAL = {
  'node:buffer': ['Buffer'],
  'node:crypto': [
    ...['hash', 'createHash', 'createHmac', 'timingSafeEqual', 'createSecretKey', 'KeyObject'],
    ...['createCipheriv', 'createDecipheriv', 'hkdfSync', 'createPrivateKey', 'createPublicKey', 'sign', 'verify'],
  ],
  '@temporalio/common': ['DefaultFailureConverter'],
  'string-width': ['*'],
  // Compression and encoding are functions of their input; a pipeline moves bytes between streams that its caller opened.
  'node:zlib': ['createDeflateRaw', 'crc32'],
  'node:stream': ['pipeline', 'PassThrough'],
  'iconv-lite': ['encode', 'decode'],
  // Drawing: a file's bytes follow from the arguments. Fonts come as bytes; of the font's package only its place is asked.
  pdfkit: ['*'],
  fontkit: ['create'],
  'svg-to-pdfkit': ['*'],
  echarts: ['*'],
  '@expo-google-fonts/noto-sans-sc': ['*'],
}
export const CONTRACT_EXTERNAL = { zod: ['z'] }

/** What every test may use without declaring it, like the devDependencies of the root. */
export const TEST_TOOL = '@lijian/testing'

/** External modules that workflow code may import at run time, and those of which it may import types only. */
export const WORKFLOW_EXTERNAL = ['@temporalio/workflow']
/** What text is, without zod. */
export const WORKFLOW_CONTRACT = '@lijian/contracts/text'
export const WORKFLOW_TYPES = ['@temporalio/common']

/** Types whose answers come from their arguments alone; and those that take settings as arguments but may look at the clock. */
export const CLOCKLESS = ['pure', 'contract']
export const SETTINGLESS = [...CLOCKLESS, 'persistence', 'workflow', 'use-case', 'client', 'telemetry']

/** The one package that makes connections to PostgreSQL: it gives each its limits. Tools and tests make what they like. */
export const MAKES_CONNECTIONS = '@lijian/database'

/** What they must not touch, with its replacement. */
export const REPLACEMENT = {
  'Date.now': 'take `nowMs` as an argument',
  'new Date()': 'take `nowMs` as an argument',
  'Date()': 'take `nowMs` as an argument',
  'performance.now': 'take `nowMs` as an argument',
  'process.hrtime': 'take `nowMs` as an argument',
  'Math.random': 'take the draw key and use the seeded draw',
  'crypto.randomUUID': 'take the id as an argument',
  'crypto.getRandomValues': 'take the bytes as an argument',
  'process.env': 'take the setting as an argument (read in @lijian/config)',
  setTimeout: 'whoever waits is an app or a workflow',
  setInterval: 'whoever waits is an app or a workflow',
  setImmediate: 'whoever waits is an app or a workflow',
  fetch: 'take what was fetched as an argument',
}

const SQL_TEXT =
  /['"`]\s*(?:SELECT\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|WITH\s+\w+\s+AS\s|TRUNCATE\s|LISTEN\s|NOTIFY\s)/
const SQL_CALL = /\.query(?:<[^()]*>)?\(\s*['"`]/

/** An app is wiring: the lines of its source that write SQL, as [line number, what is wrong]. */
export function sqlInApp({ type }, text) {
  if (type !== 'app') return []
  return text
    .split('\n')
    .map((line, i) => [i + 1, line])
    .filter(([, line]) => !/^\s*(\/\/|\/?\*)/.test(line) && (SQL_TEXT.test(line) || SQL_CALL.test(line)))
    .map(([line]) => [line, 'SQL is forbidden in type:app: call a use case; the library that owns the table asks it'])
}
