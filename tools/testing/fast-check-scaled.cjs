/**
 * fast-check with more or fewer runs of each property: `LIJIAN_TEST_FC_SCALE` times as many as the test says (jest-projects.cjs puts it in
 * place of fast-check where that is not 1). Seeds, examples and samples stay as they are.
 */
const { join } = require('node:path')
// By path: the name leads here.
const fc = require(join(__dirname, '..', '..', 'node_modules', 'fast-check', 'lib', 'cjs', 'fast-check.js'))

const DEFAULT_RUNS = 100
/** These count what came up and want enough of it: fewer runs than they say would not show what they are about. */
const COUNTING = [
  'apps/api/src/offline-agrees.test.ts',
  'apps/cli/src/plain-payment.test.ts',
  'libs/core/limits/src/counter-book.test.ts',
  'libs/marketing/decisions/src/properties.test.ts',
  'libs/marketing/evaluator/src/line.test.ts',
  'libs/marketing/evaluator/src/recall.test.ts',
  'libs/marketing/inquiries/src/evaluations.test.ts',
  'libs/marketing/inquiries/src/explainer.property.test.ts',
  'libs/marketing/rules/src/live-index.test.ts',
  'libs/marketing/transactions/src/told.property.test.ts',
  'libs/marketing/warnings/src/shadow.test.ts',
  'libs/platform/contracts/src/routing/routing-parse.test.ts',
  'libs/routing/attempts/src/explain-route.property.test.ts',
  'libs/routing/selection/src/ratio.test.ts',
  'libs/routing/selection/src/select.property.test.ts',
  'libs/routing/selection/src/warnings.property.test.ts',
]
const asked = Number(process.env.LIJIAN_TEST_FC_SCALE)
const scaleHere = () => {
  const { testPath } = expect.getState()
  return COUNTING.some((file) => testPath.endsWith(`/${file}`)) ? Math.max(1, asked) : asked
}
const scaled = (told = {}) => ({
  ...told,
  numRuns: Math.max(1, Math.round((told.numRuns ?? DEFAULT_RUNS) * scaleHere())),
})
const own = {
  assert: (property, told) => fc.assert(property, scaled(told)),
  check: (property, told) => fc.check(property, scaled(told)),
}

module.exports = new Proxy(fc, {
  get: (target, name) => (name === 'default' ? module.exports : (own[name] ?? target[name])),
})
