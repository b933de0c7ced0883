import { walkInput } from '@lijian/contracts/testing/walk-input'
import { partner } from './documents'

test('what the command line reads beside the contracts has a maximum', () => {
  // Keys that it does not know are left out: the file may be that of the demo.
  expect(walkInput({ partner }).open).toEqual(['partner: an object that takes any key'])
})
