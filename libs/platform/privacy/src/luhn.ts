/** ISO/IEC 7812-1 annex B: from the right, every second digit doubled; the sum of digits divides by ten. */
export function passesLuhn(pan: string): boolean {
  let sum = 0
  let double = false
  for (let i = pan.length - 1; i >= 0; i--) {
    let digit = pan.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return false
    if (double) {
      digit *= 2
      if (digit > 9) digit -= 9
    }
    sum += digit
    double = !double
  }
  return pan.length > 0 && sum % 10 === 0
}
