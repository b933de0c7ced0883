/** A cell of CSV (RFC 4180): in quotes where it holds what would end it. `ends`: what ends cells and lines of this file. */
export const csvCell = (text: string, ends = /[",\r\n]/): string =>
  ends.test(text) ? `"${text.replaceAll('"', '""')}"` : text
