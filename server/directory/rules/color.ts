/** What RDVs may be coloured with, each readable under white text; the names are told to those who see no colour. */
export const MOTIF_COLORS = {
  '#0b5563': 'Pétrole',
  '#17663f': 'Vert',
  '#4c3a93': 'Violet',
  '#7a4b00': 'Ocre',
  '#a3231b': 'Rouge',
  '#1e3a8a': 'Bleu',
  '#6b2167': 'Prune',
  '#3f4a1f': 'Olive',
  '#0f5132': 'Sapin',
  '#5b3a29': 'Brun',
} as const satisfies Record<`#${string}`, string>

/** WCAG 2.2, 1.4.3: below it, text is hard to read. */
export const LEAST_CONTRAST = 4.5

/** Contrast of a colour written `#rrggbb` with white text, from 1 to 21 (WCAG 2.2, relative luminance). */
export function contrastWithWhite(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}
