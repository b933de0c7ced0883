/** 13 to 19 digits in a row that pass the Luhn check are taken for a card number; serials keep theirs, they are how a payment is found. */
export function maskCardNumbers(line: string): string {
  return line.replace(/(?<![0-9])(?<!erial":")[0-9]{13,19}(?![0-9])/g, (digits) => (luhn(digits) ? '[digits]' : digits))
}

function luhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    sum += i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2
  }
  return sum % 10 === 0
}
