import { walkInput } from '@lijian/contracts/testing/walk-input'
import { targetsFile } from './targets'

test('whatever the file of targets says has a maximum, and no control characters', () => {
  expect(walkInput({ targetsFile }).open).toEqual([])
  const { issues } = targetsFile.safeParse({
    A: { kind: 'webhook', url: 'https://a.cn/\0', secret: 'x'.repeat(16) },
  }).error!
  expect(issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
    ['A.url', expect.stringContaining('control characters')],
  ])
})
