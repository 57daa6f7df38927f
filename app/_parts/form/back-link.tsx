import Link from 'next/link'
import { Icon } from '@/app/_ui/icon'

/** Up one page: the configuration is a tree. */
export function BackLink({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} prefetch={false} className="link -mt-2 inline-flex min-h-11 items-center gap-1">
      <Icon name="back" className="-ml-1" />
      {children}
    </Link>
  )
}
