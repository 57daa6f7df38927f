/** Letters that no decomposition takes an accent off, as they are typed on a French keyboard. */
const TYPED_AS: Readonly<Record<string, string>> = {
  ...{ œ: 'oe', æ: 'ae', ß: 'ss', þ: 'th' },
  ...{ ı: 'i', ł: 'l', ø: 'o', đ: 'd', ð: 'd', ħ: 'h' },
}

/** Lower case, without accents, punctuation as single spaces: « Élodie  N'Diaye-Lê » → « elodie n diaye le », « Wałęsa » → « walesa ». */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[œæßþıłøđðħ]/g, (letter) => TYPED_AS[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Whether two names are the same but for accents, case, spaces and hyphens. */
export const sameName = (a: string, b: string) => fold(a) === fold(b)
