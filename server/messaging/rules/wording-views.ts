import type { ConfidentialMotif } from './naming'
import type { Values, Wording } from './wording'

/** Whose words are written: chosen for the motif, for the territory, or by nobody. */
export type WordingSource = 'motif' | 'territory' | 'standard'

/** An RDV as it might be, for whoever looks at words before they leave. */
export type WordingSample = {
  readonly label: 'short' | 'long'
  /** What the variables say, in fewer and fewer words: those of an e-mail are the first. */
  readonly ways: readonly Values[]
  /** The rest of the e-mail, which no words change. */
  readonly heading: string
  readonly lines: readonly (readonly [name: string, value: string])[]
  readonly link: string
}

/** One text, as it is read and changed. */
export type WordingSheet = {
  /** Which version is seen; empty when nobody chose words here. */
  readonly seen: string
  readonly source: WordingSource
  /** What is written now. */
  readonly wording: Wording
  /** What would be, without the words chosen here. */
  readonly otherwise: Wording
  readonly motif: { readonly name: string; readonly isConfidential: boolean } | null
  readonly samples: readonly WordingSample[]
  /** Whose messages say nothing of what they are about: this motif, or those of the territory. */
  readonly confidential: readonly ConfidentialMotif[]
  /** An RDV of one of them. */
  readonly confidentialSample: WordingSample | null
  readonly smsSender: string
  /** What stands before a text outside production. */
  readonly prefix: string
  readonly mailSender: string
  /** Of one SMS, in thousandths of a euro; null when nobody said. */
  readonly smsPriceMillis: number | null
}
