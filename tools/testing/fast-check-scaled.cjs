/**
 * fast-check with more or fewer runs of each property: `LIJIAN_TEST_FC_SCALE` times as many as the test says (jest-projects.cjs puts it in
 * place of fast-check where that is not 1). Seeds, examples and samples stay as they are.
 */
const { join } = require('node:path')
// By path: the name leads here.
const fc = require(join(__dirname, '..', '..', 'node_modules', 'fast-check'))

const scale = Number(process.env.LIJIAN_TEST_FC_SCALE)
const DEFAULT_RUNS = 100
const scaled = (told = {}) => ({ ...told, numRuns: Math.max(1, Math.round((told.numRuns ?? DEFAULT_RUNS) * scale)) })
const own = {
  assert: (property, told) => fc.assert(property, scaled(told)),
  check: (property, told) => fc.check(property, scaled(told)),
}

module.exports = new Proxy(fc, {
  get: (target, name) => (name === 'default' ? module.exports : (own[name] ?? target[name])),
})
