const { sep } = require('node:path')
const { TestEnvironment } = require('jest-environment-node')

const FORBIDDEN = /Calling client\.query\(\) when the client is already executing a query/
/** How TypeORM compares entities with tables, which one test asks for and no program. */
const TYPEORMS_OWN = /RdbmsSchemaBuilder|PostgresQueryRunner\.loadTables/

/**
 * Node's environment, in which a query on a connection that executes another fails a library's test: pg 9 no longer takes it. The sandbox has a
 * `process` of its own that hears no warnings, so this listens outside.
 */
module.exports = class Environment extends TestEnvironment {
  warnings = []

  constructor(config, context) {
    super(config, context)
    // Tests of apps and tools ask over HTTP; all SQL of the product stands in libraries.
    this.isLibrary = context.testPath.includes(`${sep}libs${sep}`)
  }

  listener = (warning) => {
    if (this.isLibrary && FORBIDDEN.test(warning.message) && !TYPEORMS_OWN.test(warning.stack))
      this.warnings.push(warning)
  }

  async setup() {
    process.on('warning', this.listener)
    await super.setup()
  }

  async teardown() {
    process.off('warning', this.listener)
    await super.teardown()
  }

  handleTestEvent(event) {
    if (event.name !== 'test_done') return
    event.test.errors.push(...this.warnings.splice(0))
  }
}
