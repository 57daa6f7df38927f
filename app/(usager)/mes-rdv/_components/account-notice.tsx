import { Notice } from '@/app/_ui/notice'
import { accountNotices, type AccountNotice as Key } from '@/app/_words/account'

const isKey = (key: unknown): key is Key => typeof key === 'string' && Object.hasOwn(accountNotices, key)

/** What the person just did, or why it did not go through. */
export function AccountNotice({ avis }: { avis: unknown }) {
  if (!isKey(avis)) return null
  const { tone, text } = accountNotices[avis]
  return (
    <Notice tone={tone} isLive>
      <p className="font-semibold">{text}</p>
    </Notice>
  )
}
