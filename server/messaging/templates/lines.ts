import { escaped } from '@/server/platform/letter'

/** What is said of an RDV or a slot, a name and a value a line. */
export type Lines = readonly (readonly [name: string, value: string])[]

/** Those that have a value. */
export const said = (lines: readonly (readonly [name: string, value: string | null])[]): [string, string][] =>
  lines.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []))

export const linesText = (lines: Lines): string => lines.map(([name, value]) => `${name}\u00a0: ${value}`).join('\n')

export const linesHtml = (lines: Lines): string =>
  `<table>${lines
    .map(
      ([name, value]) =>
        `<tr><th scope="row" style="text-align:left;vertical-align:top;padding:6px 16px 6px 0;color:#4b5568;font-weight:normal">${name}</th>` +
        `<td style="padding:6px 0">${escaped(value)}</td></tr>`,
    )
    .join('')}</table>`
