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
}
