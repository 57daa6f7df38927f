import { Notice } from '@/app/_ui/notice'
import { superNotices } from '@/app/_words/super'

/** What the last form answered, from the URL's `avis`. */
export function SuperNotice({ avis }: { avis: string | undefined }) {
  const notice = Object.entries(superNotices).find(([key]) => key === avis)?.[1]
  if (!notice) return null
  return (
    <Notice tone={notice.tone} isLive>
      <p>{notice.text}</p>
    </Notice>
  )
}
