const { readdirSync } = require('node:fs')
const { join } = require('node:path')

// The quick tests of libs/marketing/rules as one file: what they share is loaded once per mutation, not once per file.
const folder = join(__dirname, '../../libs/marketing/rules/src')
for (const file of readdirSync(folder).filter((name) => /(?<!\.property)\.test\.ts$/.test(name)))
  describe(file, () => {
    require(join(folder, file))
  })
