/** One run for the whole house: packages resolve to their sources, servers start once (tools/testing) and only if a test asks. */
module.exports = {
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/workflows', '<rootDir>/sdk', '<rootDir>/tools'],
  testMatch: ['**/*.test.ts'],
  modulePathIgnorePatterns: ['/dist/'],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...require('./tools/testing/swc-jest.json') }] },
  testEnvironmentOptions: { customExportConditions: ['@lijian/source', 'node', 'require', 'default'] },
  // Only for what hangs: the longest takes 20 s alone, and on a busy machine several times that.
  testTimeout: 180_000,
  maxWorkers: 2,
  globalSetup: '<rootDir>/tools/testing/src/global-setup.ts',
  globalTeardown: '<rootDir>/tools/testing/src/global-teardown.ts',
}
