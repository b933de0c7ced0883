const { existsSync, readFileSync } = require('node:fs')
const { join, relative } = require('node:path')
const Sequencer = require('@jest/test-sequencer').default

const root = join(__dirname, '..', '..')
const table = join(__dirname, 'durations.json')

/** The longest first, so that no long file is left at the end: by the last run on this machine, else by the kept table. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const kept = existsSync(table) ? JSON.parse(readFileSync(table, 'utf8')) : {}
    const seconds = ({ path, context, duration }) =>
      (duration ?? this.#last(path, context)) / 1000 || (kept[relative(root, path)] ?? 1)
    return [...tests].sort((a, b) => seconds(b) - seconds(a))
  }

  #last(path, context) {
    return this._getCache({ context, path })[path]?.[1] ?? 0
  }
}
