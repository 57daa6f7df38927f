import { AnswerNotice } from '@/app/_ui/answer-notice'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { administrationNotices, faultSentence } from '@/app/_words/administration'

export const FormNotice = ({ avis }: { avis: string | undefined }) => (
  <AnswerNotice answers={administrationNotices} avis={avis} />
)

/** Every fault of a form shown again, each a link to its field. */
export function Faults({ faults }: { faults: Readonly<Record<string, string>> }) {
  const errors = Object.entries(faults).map(([name, fault]) => ({ name, message: faultSentence(fault) ?? '' }))
  return <ErrorSummary errors={errors} />
}
