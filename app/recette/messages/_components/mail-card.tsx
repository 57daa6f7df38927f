import { formatDateTime, isoOf } from '@/app/_lib/dates'
import { Tag } from '@/app/_ui/tag'
import { LinkedText } from './linked-text'
import { MaskedText } from './masked-text'
import type { Message } from './message'

/** Its links leave the frame; nothing in it may run. */
const framed = (html: string) => html.replace('<head>', '<head><base target="_top">')

export function MailCard({ mail }: { mail: Message }) {
  return (
    <article aria-label={`E-mail à ${mail.recipient}`} className="rounded-card border border-line bg-card shadow-card">
      <header className="space-y-0.5 border-b border-line px-4 py-3 sm:px-5">
        <h2 className="text-lg">{mail.subject}</h2>
        <p className="text-ink-soft">
          de {mail.sender}, à <span className="font-semibold text-ink">{mail.recipient}</span>,{' '}
          <time dateTime={isoOf(mail.createdAt)}>{formatDateTime(mail.createdAt, 'Europe/Paris')}</time>
        </p>
        {mail.replyTo && <p className="break-all text-ink-soft">réponses à {mail.replyTo}</p>}
        {mail.hasCalendar && <Tag tone="note">Invitation jointe</Tag>}
      </header>
      <div className={`grid ${mail.html ? 'lg:grid-cols-2' : ''}`}>
        <div className="min-w-0 px-4 py-4 sm:px-5">
          {mail.text === null ? <MaskedText /> : <LinkedText>{mail.text}</LinkedText>}
        </div>
        {mail.html && (
          <iframe
            title={`Mise en forme\u00a0: ${mail.subject ?? 'sans objet'}`}
            sandbox="allow-top-navigation-by-user-activation"
            srcDoc={framed(mail.html)}
            loading="lazy"
            className="h-120 w-full border-t border-line bg-paper lg:h-full lg:min-h-120 lg:border-t-0 lg:border-l"
          />
        )}
      </div>
    </article>
  )
}
