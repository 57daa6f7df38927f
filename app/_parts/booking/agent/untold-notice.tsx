import Link from 'next/link'
import { Notice } from '@/app/_ui/notice'
import { api } from '@/server/api'

/** Says that somebody is to be called, because no message could reach them; nothing when there is nobody. */
export async function UntoldNotice() {
  const count = await (await api()).messaging.countUntold()
  if (count === 0) return null
  return (
    <Notice tone="warn">
      <p>
        <Link href="/agent/a-prevenir" className="link inline-flex min-h-11 items-center font-bold">
          {count > 1 ? `${count}\u00a0personnes à prévenir autrement` : 'Une personne à prévenir autrement'}
        </Link>{' '}
        <span className="block">Aucun message n’a pu les joindre.</span>
      </p>
    </Notice>
  )
}
