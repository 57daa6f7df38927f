/** What somebody answered, as it waits to be forwarded. `from` and `subject` are told to the support alone, which has no other way to them. */
export type ReplyWords = {
  readonly text: string
  readonly fileNames: readonly string[]
  /** Too long to be read whole. */
  readonly isCut: boolean
  /** Written from another address than the one we wrote to. */
  readonly isFromElsewhere: boolean
  readonly from: string | null
  readonly subject: string | null
  /** Nothing of what they wrote is here: whoever is told may not read it. */
  readonly isWithheld: boolean
}

/** Of what is confidential, for who may not open it: who wrote, and nothing of what. */
export const withheld = (words: ReplyWords): ReplyWords => ({
  ...words,
  ...{ text: '', fileNames: [], subject: null, isCut: false, isWithheld: true },
})
