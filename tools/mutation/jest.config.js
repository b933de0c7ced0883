const { house, sources } = require('../testing/jest-projects.cjs')

/**
 * The pure tests that hold the rules, without servers. Stryker runs them in a copy of the house that shares node_modules with it, so packages
 * are found in the copy by path: through node_modules the tests of libs/marketing/decisions would meet the rules without mutations.
 */
module.exports = {
  ...house,
  ...sources,
  roots: ['<rootDir>/tools/mutation', '<rootDir>/libs/marketing/rules', '<rootDir>/libs/marketing/decisions'],
  testMatch: ['**/tools/mutation/rules.js', '**/libs/marketing/{rules,decisions}/**/*propert*.test.ts'],
  setupFiles: [require.resolve('./no-shrinking.js')],
  testSequencer: require.resolve('./rules-first.js'),
}
