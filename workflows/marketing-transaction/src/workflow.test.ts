import { transactionWorkflowId } from './contract'
import { freshSerial, openStage, snapshot, type Stage } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.temporal.close())

const handle = (serial: string) => stage.temporal.client.workflow.getHandle(transactionWorkflowId('till', serial))
async function events(serial: string): Promise<string[]> {
  const { events: found } = await handle(serial).fetchHistory()
  return (found ?? []).map(({ eventType }) => String(eventType))
}

describe('started by the relay', () => {
  test('a result that is already in costs one workflow task and no activity', async () => {
    const serial = freshSerial()
    await stage.play(async () => {
      await stage.relay([snapshot({ serial, version: 2, state: 'confirmed', businessDate: '2026-11-23' })])
      expect(await handle(serial).result()).toBe('confirmed')
    })
    console.log(await events(serial))
  })
})
