import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import type { MessageFilter } from '@/server/access/schema'

const CHANNELS = [
  { value: 'any', words: 'Tous' },
  { value: 'mail', words: 'E-mails' },
  { value: 'sms', words: 'SMS' },
] as const

/** Links for the channel, a plain form for the recipient: both stand in the URL. */
export function Filters({ filter }: { filter: MessageFilter }) {
  const recipient = filter.recipient === 'any' ? '' : filter.recipient
  const words = filter.words === 'any' ? '' : filter.words
  const hrefOf = (channel: string) =>
    `/recette/messages?${new URLSearchParams({ canal: channel, ...(recipient && { destinataire: recipient }), ...(words && { texte: words }) }).toString()}`
  return (
    <div className="flex flex-wrap items-end justify-between gap-4">
      <nav aria-label="Canal">
        <ul className="inline-flex overflow-hidden rounded-card border-[1.5px] border-line-strong bg-card">
          {CHANNELS.map(({ value, words }) => (
            <li key={value}>
              <a
                href={hrefOf(value)}
                aria-current={filter.channel === value ? 'page' : undefined}
                className="inline-flex min-h-11 items-center px-4 text-accent underline underline-offset-4 -outline-offset-3 aria-[current=page]:bg-accent aria-[current=page]:font-bold aria-[current=page]:text-white aria-[current=page]:no-underline"
              >
                {words}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <form method="get" className="grid w-full items-end gap-3 sm:w-auto sm:grid-cols-[1fr_1fr_auto]">
        <input type="hidden" name="canal" value={filter.channel} />
        <Field label="Destinataire" name="destinataire" type="search" defaultValue={recipient} isOptional />
        <Field label="Texte" name="texte" type="search" defaultValue={words} isOptional />
        <Button variant="secondary">Filtrer</Button>
      </form>
    </div>
  )
}
