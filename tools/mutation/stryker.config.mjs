/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: [
    'libs/marketing/rules/src/*.ts',
    '!libs/marketing/rules/src/*.test.ts',
    '!libs/marketing/rules/src/{index,types}.ts',
  ],
  testRunner: 'jest',
  jest: { projectType: 'custom', configFile: 'tools/mutation/jest.config.js', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // Stryker 9.6.1 reads tsconfig.json with the API of TypeScript 5, which TypeScript 7 has not; a file that is not there is left alone.
  tsconfigFile: 'none.json',
  plugins: ['@stryker-mutator/jest-runner'],
  ignorePatterns: ['.lijian', '.nx', 'dist', 'apps', 'workflows', 'campaigns', 'docs', 'docker'],
  tempDirName: 'tmp/stryker',
  reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: true, logTests: false },
  jsonReporter: { fileName: 'tmp/mutation/report.json' },
  htmlReporter: { fileName: 'tmp/mutation/report.html' },
  allowConsoleColors: false,
  timeoutMS: 60_000,
  timeoutFactor: 3,
}
