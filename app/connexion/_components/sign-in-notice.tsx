import { Notice } from '@/app/_ui/notice'
import { isSignInNotice, signInNotices } from '@/app/_words/access'

/** What the last form answered, from the URL's `avis`. */
export function SignInNotice({ avis, minutes }: { avis: string | undefined; minutes: string | undefined }) {
  if (!isSignInNotice(avis)) return null
  const { tone, text } = signInNotices[avis]
  const wait = Math.min(Math.max(Number(minutes) || 1, 1), 60)
  return (
    <Notice tone={tone} isLive>
      <p>{text(wait)}</p>
    </Notice>
  )
}
