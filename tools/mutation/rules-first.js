const Sequencer = require('@jest/test-sequencer').default

/** Most mutations are caught by the quick tests of the rules themselves; the properties of libs/decisions are asked last. */
module.exports = class RulesFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => (path.includes('/libs/rules/') ? 0 : 1)
    return [...tests].sort((a, b) => place(a) - place(b) || (a.path < b.path ? -1 : 1))
  }
}
