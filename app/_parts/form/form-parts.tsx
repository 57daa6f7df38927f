import { ErrorSummary } from '@/app/_ui/error-summary'
import { Notice } from '@/app/_ui/notice'
import { administrationNotices, faultSentence } from '@/app/_words/administration'

/** What the last form answered, from the URL's `avis`. */
export function FormNotice({ avis }: { avis: string | undefined }) {
  const notice = Object.entries(administrationNotices).find(([key]) => key === avis)?.[1]
  if (!notice) return null
  return (
    <Notice tone={notice.tone} isLive>
      <p>{notice.text}</p>
    </Notice>
  )
}

/** Every fault of a form shown again, each a link to its field. */
export function Faults({ faults }: { faults: Readonly<Record<string, string>> }) {
  const errors = Object.entries(faults).map(([name, fault]) => ({ name, message: faultSentence(fault) ?? '' }))
  return <ErrorSummary errors={errors} />
}
