import { openSync, realpathSync, statSync } from 'node:fs'
import { BadInput } from './fail'

/**
 * Opens `FILE.part`, which gets the name FILE when it is whole. What stands in the way is found out before the work: a folder of that name,
 * a folder that is not there, a file that is one of the `inputs` (it would be gone).
 */
export function openPart(file: string, inputs: readonly (string | undefined)[] = []): number {
  const target = statSync(file, { throwIfNoEntry: false })
  if (target?.isDirectory() === true) throw new BadInput(`${file}: is a folder; expected the name of a file to write`)
  if (target !== undefined && inputs.some((input) => input !== undefined && isSameFile(input, file)))
    throw new BadInput(`${file}: is read by this command; give what is written another name`)
  try {
    return openSync(`${file}.part`, 'w')
  } catch (error) {
    throw new BadInput(`${file}: cannot be written: ${(error as Error).message}`)
  }
}

function isSameFile(input: string, file: string): boolean {
  try {
    return realpathSync(input) === realpathSync(file)
  } catch {
    return false
  }
}
