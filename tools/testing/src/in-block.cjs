/**
 * For a library with a class that is named like a global which jest-projects.cjs hands to each file as an argument: in a block of its own the
 * name may be declared again.
 */
module.exports = { process: (source) => ({ code: `{${source}\n}` }) }
