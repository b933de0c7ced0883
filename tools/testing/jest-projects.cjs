const { join } = require('node:path')
const { PLACES, testsByProject } = require('./projects.cjs')

const rootDir = join(__dirname, '..', '..')

const scale = Number(process.env.LIJIAN_TEST_FC_SCALE ?? 1)
if (!(scale > 0)) throw new Error('LIJIAN_TEST_FC_SCALE: a number above 0 is expected')

/** What a test file runs in: packages resolve to their sources. */
const sources = {
  rootDir,
  roots: PLACES.map((place) => `<rootDir>/${place}`),
  modulePathIgnorePatterns: ['/dist/'],
  // Three libraries are ES modules only, which jest does not take as they are.
  transform: {
    '^.+\\.ts$': ['@swc/jest', { ...require('./swc-jest.json') }],
    '/node_modules/(openid-client|oauth4webapi|jose)/.+\\.js$': ['@swc/jest', { ...require('./swc-jest.json') }],
    '/node_modules/asn1js/.+\\.js$': join(__dirname, 'src', 'in-block.cjs'),
  },
  transformIgnorePatterns: ['/node_modules/(?!(openid-client|oauth4webapi|jose|asn1js)/)'],
  moduleNameMapper: scale === 1 ? {} : { '^fast-check$': join(__dirname, 'fast-check-scaled.cjs') },
  // Looked up through the sandbox, each use of these costs a call: properties took a fifth longer.
  sandboxInjectedGlobals: [
    'Array',
    'BigInt',
    'Date',
    'Error',
    'JSON',
    'Map',
    'Math',
    'Number',
    'Object',
    'Set',
    'String',
    'Symbol',
  ],
  testEnvironment: join(__dirname, 'src', 'environment.cjs'),
  setupFilesAfterEnv: [join(__dirname, 'src', 'quick-expect.cjs')],
  testEnvironmentOptions: { customExportConditions: ['@lijian/source', 'node', 'require', 'default'] },
}

const house = {
  rootDir,
  // Only for what hangs: the longest takes 20 s alone, and on a busy machine several times that.
  testTimeout: 180_000,
  maxWorkers: 3,
  testSequencer: join(__dirname, 'sequencer.cjs'),
}

/** The four of them read the same sources: with one id they share one cache of transformed files. */
function projects() {
  return Object.entries(testsByProject()).map(([name, files]) => ({
    ...sources,
    id: 'lijian',
    displayName: name,
    testMatch: files,
    globals: { LIJIAN_TEST_PROJECT: name },
    ...(name === 'pure' ? {} : { globalSetup: at('global-setup.ts'), globalTeardown: at('global-teardown.ts') }),
  }))
}

const at = (file) => join(__dirname, 'src', file)

module.exports = { sources, house, projects }
