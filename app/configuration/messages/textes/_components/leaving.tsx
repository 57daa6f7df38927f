import { Notice } from '@/app/_ui/notice'
import { givenUpWords, leavingWords } from '@/app/_words/wordings'
import { motifsNamedBy, sayableWording } from '@/server/messaging/rules/naming'
import { standardWording, type WordingKey } from '@/server/messaging/rules/standard-wordings'
import type { Wording } from '@/server/messaging/rules/wording'
import type { WordingSample, WordingSheet } from '@/server/messaging/rules/wording-views'
import { Preview, type PreviewFacts } from './preview'

export type LeavingFacts = PreviewFacts & Pick<WordingSheet, 'otherwise' | 'confidential' | 'confidentialSample'>

type Props = {
  wordingKey: WordingKey
  /** As it is typed. */
  wording: Wording
  /** Whether they are the words of one motif. */
  isOfMotif: boolean
  sample: WordingSample
  facts: LeavingFacts
}

/** What would leave of these words, and why others do when they name what a confidential RDV is about. */
export function Leaving(props: Props) {
  const { wordingKey, wording, isOfMotif, sample, facts } = props
  const named = motifsNamedBy(wordingKey, wording, facts.confidential)
  const show = (words: Wording, one: WordingSample) => (
    <Preview channel={wordingKey.channel} wording={words} sample={one} facts={facts} />
  )
  if (!isOfMotif) {
    return (
      <>
        {show(wording, sample)}
        <div role="status" className="space-y-3">
          {named.length > 0 && (
            <>
              <Notice tone="note" title="Ce texte nomme ce qui est confidentiel">
                <p>{givenUpWords(named.map(({ name }) => name))}</p>
              </Notice>
              {facts.confidentialSample && show(standardWording(wordingKey), facts.confidentialSample)}
            </>
          )}
        </div>
      </>
    )
  }
  const [motif] = named
  const leaving = motif ? sayableWording(wordingKey, [facts.otherwise], motif.names) : wording
  return (
    <>
      <div role="status">
        {motif && (
          <Notice tone="note" title="Ce texte ne part pas">
            <p>{leavingWords(isStandard(wordingKey, leaving) ? 'standard' : 'territory')}</p>
          </Notice>
        )}
      </div>
      {show(leaving, sample)}
    </>
  )
}

const isStandard = (key: WordingKey, { subject, body }: Wording): boolean => {
  const standard = standardWording(key)
  return standard.subject === subject && standard.body === body
}
