import { Icon } from '@/app/_ui/icon'

/** To the room of a video RDV, in a tab of its own: the list stays where it is. */
export function VideoLink({ url }: { url: string }) {
  return (
    <a href={url} target="_blank" rel="noreferrer" className="link inline-flex min-h-11 items-center gap-2">
      <Icon name="video" className="shrink-0" />
      Rejoindre la visioconférence
      <span className="sr-only"> (nouvel onglet)</span>
    </a>
  )
}
