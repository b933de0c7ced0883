import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../core/stack'

const text = readFileSync(join(repositoryRoot(), 'docker-compose.yml'), 'utf8')

/** `services:` alone, each with its own text and that of what stands behind `<<`. */
function services(): [name: string, text: string][] {
  const all = text.slice(text.indexOf('\nservices:\n') + 11, text.search(/\nvolumes:\n/))
  const blocks = all.split(/^(?= {2}[a-z][a-z-]*:\n)/m).filter((block) => /^ {2}[a-z]/.test(block))
  const anchors = new Map(
    [...text.matchAll(/^x-[a-z-]+: &([a-z-]+)\n((?: {2,}.*\n)*)/gm)].map(([, name, body]) => [name!, body!]),
  )
  const whole = (body: string): string =>
    body + [...body.matchAll(/^ {2,4}<<: \*([a-z-]+)$/gm)].map(([, name]) => whole(anchors.get(name!) ?? '')).join('')
  return blocks.map((block) => [/^ {2}([a-z-]+):/.exec(block)![1]!, whole(block)])
}

test.each(services())('%s has no capability, gets none, has a limit of memory and a network', (_, body) => {
  expect(body).toMatch(/cap_drop: \[ALL\]/)
  expect(body).toMatch(/no-new-privileges:true/)
  expect(body).toMatch(/mem_limit: \d+[mg]/)
  expect(body).toMatch(/networks: \[[a-z, ]+\]/)
  expect(body).not.toMatch(/privileged|network_mode: host|docker\.sock|user: root/)
})

test.each(services().filter(([name]) => /^(migrations|api|worker|report-generator|valkey)$/.test(name)))(
  '%s changes nothing of its image',
  (_, body) => {
    expect(body).toMatch(/read_only: true/)
  },
)

test('every service is looked at, what is published is on loopback, stores have no way out', () => {
  expect(services().map(([name]) => name)).toEqual(
    expect.arrayContaining(['postgres', 'temporal', 'temporal-ui', 'migrations', 'api', 'worker', 'report-generator']),
  )
  const published = [...text.matchAll(/^ +ports:\n((?: +- .*\n| +#.*\n)+)/gm)].flatMap(([, lines]) =>
    lines!.split('\n').filter((line) => line.trim().startsWith('-')),
  )
  expect(published.length).toBeGreaterThan(0)
  for (const line of published) expect(line).toMatch(/127\.0\.0\.1/)
  for (const name of ['store', 'flows']) expect(text).toMatch(new RegExp(`^  ${name}: \\{ internal: true \\}$`, 'm'))
})

test('owner, service and Temporal have a password each, and Temporal is not the owner', () => {
  const of = (name: string) => services().find(([service]) => service === name)![1]
  expect(of('temporal')).toContain('TEMPORAL_DB_PASSWORD')
  expect(of('temporal')).not.toMatch(/LIJIAN_OWNER_PASSWORD|LIJIAN_APP_PASSWORD/)
  for (const name of ['api', 'worker', 'report-generator'])
    expect(of(name)).not.toMatch(/LIJIAN_OWNER_PASSWORD|TEMPORAL_DB_PASSWORD/)
  expect(of('migrations')).toContain('LIJIAN_OWNER_PASSWORD')
})
