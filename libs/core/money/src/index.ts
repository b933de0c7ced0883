export { assertFen, floorPpm, halfUpPpm } from './fen'
export { largestRemainder } from './largest-remainder'
export { halfUpShare } from './share'
