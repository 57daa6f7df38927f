const BYTE_ORDER_MARK = '\ufeff'
/** What a spreadsheet would take for a formula, also after spaces it ignores. */
const FORMULA = /^[\s\u00a0]*[=+\-@\t\r]/

/** A cell no spreadsheet runs: an apostrophe says that what begins as a formula is text. */
function cellOf(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[";\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A table as French spreadsheets open it: UTF-8 with its mark, `;` between cells. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  BYTE_ORDER_MARK + rows.map((row) => `${row.map(cellOf).join(';')}\r\n`).join('')
