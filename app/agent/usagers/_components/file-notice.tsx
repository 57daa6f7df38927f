import { Notice } from '@/app/_ui/notice'
import { fileNotices } from '@/app/_words/usager'

/** What the last form about a file answered, from the address's `avis`. */
export function FileNotice({ avis }: { avis: string | undefined }) {
  const notice = Object.entries(fileNotices).find(([key]) => key === avis)?.[1]
  if (!notice) return null
  return (
    <Notice tone={notice.tone} isLive>
      <p>{notice.text}</p>
    </Notice>
  )
}
