'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { useTRPC } from '@/app/_lib/trpc.client'
import { Icon } from '@/app/_ui/icon'
import { wantsBrowserNews } from './browser-news.client'

/** While a page is open, somebody hears of what happens within a minute. */
const ASK_AGAIN_MS = 60_000

const countWords = (count: number): string => (count === 1 ? '1 nouveauté' : `${count > 49 ? '50+' : count} nouveautés`)

/**
 * The way to what happened on one's agenda, and how much of it is new. In a tab one is not looking at, the browser says so,
 * when asked to: how many, and nothing of whom.
 */
export function NewsBell({ newsCount }: { newsCount: number }) {
  const trpc = useTRPC()
  const { data: count } = useQuery({
    ...trpc.messaging.countMyNews.queryOptions(),
    initialData: newsCount,
    refetchInterval: ASK_AGAIN_MS,
    refetchIntervalInBackground: true,
  })
  const known = useRef(newsCount)
  useEffect(() => {
    if (count > known.current && document.hidden && wantsBrowserNews()) {
      new Notification('RDV Territoires', { body: `${countWords(count)} sur votre agenda`, tag: 'nouveautes' })
    }
    known.current = count
  }, [count])
  return (
    <Link
      href="/agent/nouveautes"
      prefetch={false}
      className="relative inline-flex size-11 shrink-0 items-center justify-center rounded-card text-ink-soft hover:bg-accent-soft hover:text-ink"
    >
      <Icon name="bell" />
      <span className="sr-only">{count > 0 ? countWords(count) : 'Nouveautés'}</span>
      {count > 0 && (
        <span
          aria-hidden="true"
          className="absolute top-0 right-0 rounded-full bg-warn px-1.5 leading-5 font-bold text-white"
        >
          {count > 49 ? '50+' : count}
        </span>
      )}
    </Link>
  )
}
