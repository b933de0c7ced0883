/** An exact fraction: `den` is positive and the two have no common divisor. */
export interface Rational {
  num: bigint
  den: bigint
}

export const ZERO: Rational = { num: 0n, den: 1n }

export function rational(num: bigint | number, den: bigint | number = 1n): Rational {
  const [n, d] = [BigInt(num), BigInt(den)]
  if (d <= 0n) throw new RangeError('a denominator is positive')
  const common = gcd(n < 0n ? -n : n, d)
  return { num: n / common, den: d / common }
}

export const plus = (a: Rational, b: Rational): Rational => rational(a.num * b.den + b.num * a.den, a.den * b.den)
export const times = (a: Rational, b: Rational): Rational => rational(a.num * b.num, a.den * b.den)
export const less = (a: Rational, b: Rational): boolean => a.num * b.den < b.num * a.den

/** a ÷ b, or undefined when b is 0. Both are 0 or more. */
export const over = (a: Rational, b: Rational): Rational | undefined =>
  b.num === 0n ? undefined : rational(a.num * b.den, a.den * b.num)

/** `1234/100` as text: exact, whatever its size. */
export const text = ({ num, den }: Rational): string => (den === 1n ? `${num}` : `${num}/${den}`)

/** Half up to the whole number. */
export const rounded = ({ num, den }: Rational): number => Number((2n * num + den) / (2n * den))

export const floored = ({ num, den }: Rational): number => Number(num / den)

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b]
  // Most are small, and numbers are several times as fast.
  if (x <= SAFE && y <= SAFE) return BigInt(gcdOfNumbers(Number(x), Number(y)))
  while (y !== 0n) [x, y] = [y, x % y]
  return x === 0n ? 1n : x
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER)

function gcdOfNumbers(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y !== 0) [x, y] = [y, x % y]
  return x === 0 ? 1 : x
}
