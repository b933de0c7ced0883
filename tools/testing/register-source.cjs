// Lets a child process of a test run TypeScript from the sources: node --conditions=@lijian/source -r <this file> program.ts
const { readFileSync } = require('node:fs')
const { transformSync } = require('@swc/core')
const options = require('./swc-jest.json')

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...options, filename })
  module._compile(code, filename)
}
