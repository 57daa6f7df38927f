/** Lower case, without accents, punctuation as single spaces: « Élodie  N'Diaye-Lê » → « elodie n diaye le ». */
export function fold(text: string): string {
  return text
    .replace(/œ/gi, 'oe')
    .replace(/æ/gi, 'ae')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Whether two names are the same but for accents, case, spaces and hyphens. */
export const sameName = (a: string, b: string) => fold(a) === fold(b)
