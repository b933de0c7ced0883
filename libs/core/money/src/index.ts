export { assertFen, floorPpm, halfUpPpm } from './fen'
export { largestRemainder } from './largest-remainder'
export { halfUpShare } from './share'
export { moneyText, moneyTextGrouped, moneyTextNamed, yuanText, yuanTextGrouped } from './yuan'
