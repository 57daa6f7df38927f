import { fold } from '@/server/kernel/text'
import { standardWording, type WordingKey } from './standard-wordings'
import type { Wording } from './wording'

const holds = (text: string, name: string): boolean => ` ${fold(text)} `.includes(` ${fold(name)} `)

/**
 * Which part of these words names what a confidential RDV is about: a message is read by whoever holds the telephone
 * (house §10.8). `names`: of the motif, and of its service. What the standard words say as well (« rendez-vous ») names nothing.
 */
export function partThatNames(
  key: WordingKey,
  { subject, body }: Wording,
  names: readonly string[],
): keyof Wording | null {
  const standard = standardWording(key)
  const usual = `${standard.subject ?? ''} ${standard.body}`
  const telling = names.filter((name) => fold(name) !== '' && !holds(usual, name))
  if (telling.some((name) => holds(body, name))) return 'body'
  return telling.some((name) => holds(subject ?? '', name)) ? 'subject' : null
}

/** A confidential motif, and what no message of it says: its names and those of its service. */
export type ConfidentialMotif = { readonly name: string; readonly names: readonly string[] }

/** Those of these confidential motifs that these words name: their messages leave in other words. */
export const motifsNamedBy = (
  key: WordingKey,
  wording: Wording,
  motifs: readonly ConfidentialMotif[],
): readonly ConfidentialMotif[] => motifs.filter(({ names }) => partThatNames(key, wording, names) !== null)

/**
 * The first of these words, the motif's own before its territory's, that names nothing of a confidential motif; the standard
 * ones when all do. Words of a territory are typed for every motif, and motifs become confidential afterwards.
 */
export const sayableWording = (key: WordingKey, own: readonly Wording[], names: readonly string[]): Wording =>
  own.find((wording) => partThatNames(key, wording, names) === null) ?? standardWording(key)
