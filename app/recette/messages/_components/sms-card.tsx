import { formatDateTime, isoOf } from '@/app/_lib/dates'
import { LinkedText } from './linked-text'
import type { Message } from './message'

/** As it would stand on the screen of a phone. */
export function SmsCard({ sms }: { sms: Message }) {
  return (
    <article
      aria-label={`SMS à ${sms.recipient}`}
      className="max-w-90 rounded-[28px] border-[6px] border-ink bg-card p-4 shadow-card"
    >
      <header className="border-b border-line pb-2 text-center">
        <p className="font-bold">{sms.sender}</p>
        <p className="text-ink-soft">à {sms.recipient}</p>
        <time dateTime={isoOf(sms.createdAt)} className="block text-ink-soft">
          {formatDateTime(sms.createdAt, 'Europe/Paris')}
        </time>
      </header>
      <div className="mt-3 rounded-2xl rounded-bl-sm bg-accent-soft px-3.5 py-2.5">
        <LinkedText>{sms.text}</LinkedText>
      </div>
      <p className="mt-2 text-ink-soft">{sms.text.length} caractères</p>
    </article>
  )
}
