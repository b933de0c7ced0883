import { request } from 'node:http'

declare global {
  /** The jest project of the file that runs (tools/testing/projects.cjs). */
  var LIJIAN_TEST_PROJECT: string | undefined
}

type Server = 'PostgreSQL' | 'Redis' | 'Temporal' | 'a process of its own'
const HAS: Record<string, readonly Server[]> = {
  pure: [],
  database: ['PostgreSQL', 'Redis'],
  flows: ['PostgreSQL', 'Redis', 'Temporal'],
  house: ['PostgreSQL', 'Redis', 'Temporal', 'a process of its own'],
}

/** Throws where the test's project has no such server: the rule of tools/testing/projects.cjs did not see that it needs one. */
export function needs(server: Server): void {
  const project = globalThis.LIJIAN_TEST_PROJECT
  if (project === undefined || HAS[project]?.includes(server)) return
  throw new Error(
    `a test of the project "${project}" asks for ${server}: import what asks for it from the test file or from its folder \`testing\`, so that tools/testing/projects.cjs sees it`,
  )
}

/** Asks the keeper of the run's servers (keeper.ts). */
export function ask<Answer>(path: string): Promise<Answer> {
  const socketPath = process.env.LIJIAN_TEST_KEEPER
  if (!socketPath) throw new Error('no test servers: run tests with jest from the root, its global setup keeps them')
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path: `/${path}`, agent: false }, (response) => {
      let said = ''
      response.setEncoding('utf8')
      response.on('data', (text: string) => (said += text))
      response.once('end', () =>
        response.statusCode === 200 ? resolve(JSON.parse(said) as Answer) : reject(new Error(said)),
      )
    })
    asked.once('error', reject).end()
  })
}
