/**
 * The targets that Nx finds in each package, besides `build` of its package.json: `types`, `lint` and, where tests are, `test`. What a test
 * reads outside its package is an input of its target, so that a change there makes it run.
 */
const { existsSync, readFileSync } = require('node:fs')
const { dirname, join, relative } = require('node:path')
const { packageFolders, projectOf, reads, testsBelow } = require('./projects.cjs')

const root = join(__dirname, '..', '..')
/** Folders at the root that tests read. */
const DATA = ['campaigns', 'docs']
/** Files of other packages that are neither their sources nor imported. */
const ELSEWHERE = {
  '@lijian/boundaries': ['libs/**/*', 'apps/**/*', 'workflows/**/*', 'sdk/**/*', 'tools/**/*'],
  '@lijian/verification': ['libs/**/planted-bugs.test.ts'],
  '@lijian/worker': ['sdk/typescript/README.md', 'sdk/typescript/examples/**/*'],
}

const command = (words) => ({
  executor: 'nx:run-commands',
  options: { command: words, cwd: '{workspaceRoot}' },
  cache: true,
})

function targetsOf(folder) {
  const { name } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  const targets = {
    lint: {
      ...command(`oxlint --type-aware --deny-warnings ${folder}`),
      inputs: ['default', '^production', '{workspaceRoot}/.oxlintrc.json'],
    },
  }
  if (existsSync(join(root, folder, 'tsconfig.json')))
    targets.types = {
      ...command(`tsc -b ${folder}`),
      dependsOn: ['^types'],
      inputs: ['default', '^production'],
      outputs: ['{projectRoot}/dist/types', '{projectRoot}/dist/tsconfig.tsbuildinfo'],
    }
  const tests = testsBelow(folder)
  if (tests.length > 0) targets.test = testTarget(name, folder, tests)
  return targets
}

function testTarget(name, folder, tests) {
  const data = DATA.filter((place) => tests.some((test) => reads(test, place))).map((place) => `${place}/**/*`)
  const outside = [...data, ...(ELSEWHERE[name] ?? [])].map((path) => `{workspaceRoot}/${path}`)
  const whole = tests.some((test) => projectOf(test) === 'house')
  return {
    ...command(`jest ${folder}/`),
    // Whole programs of the house are started from what was built of all of them.
    ...(whole ? { dependsOn: [{ target: 'build', projects: [...packageFolders().keys()] }] } : {}),
    inputs: ['default', '^production', 'testTools', ...outside, { env: 'LIJIAN_TEST_FC_SCALE' }],
  }
}

module.exports = {
  name: 'lijian-targets',
  createNodesV2: [
    '{libs/*/*,workflows/*/*,apps/*,sdk/*,tools/*}/package.json',
    (files) =>
      files.map((file) => {
        const folder = relative(root, join(root, dirname(file)))
        return [file, { projects: { [folder]: { targets: targetsOf(folder) } } }]
      }),
  ],
}
