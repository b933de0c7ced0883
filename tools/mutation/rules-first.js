const Sequencer = require('@jest/test-sequencer').default

/** The quick tests of the rules catch most; the properties of libs/marketing/decisions are asked about what is left. */
module.exports = class RulesFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => (path.endsWith('/tools/mutation/rules.js') ? 0 : 1)
    return [...tests].sort((a, b) => place(a) - place(b))
  }
}
