import { testDatabase } from '@lijian/testing'
import { dataSource, migrate } from './data-source'

describe('migrations', () => {
  test('leave nothing between the entities and the database', async () => {
    const database = await testDatabase()
    const source = dataSource(database.url)
    await source.initialize()
    const difference = await source.driver.createSchemaBuilder().log()
    await source.destroy()
    await database.drop()
    expect(difference.upQueries.map(({ query }) => query)).toEqual([])
  })

  test('a second run applies nothing', async () => {
    const database = await testDatabase()
    expect(await migrate(database.url)).toEqual([])
    await database.drop()
  })
})
