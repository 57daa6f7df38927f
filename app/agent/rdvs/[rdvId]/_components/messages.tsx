import { formatDateTime, isoOf } from '@/app/_lib/dates'
import type { Tone } from '@/app/_ui/notice'
import { formatPhone } from '@/app/_ui/phone-link'
import { Tag } from '@/app/_ui/tag'
import { channelWords, messageStateWords, newsWords, whyUnsentWords } from '@/app/_words/messages'
import { gatewayWords } from '@/app/_words/sms'
import type { MessageLine } from '@/server/messaging/rules/messages'
import { Section } from '@/app/_ui/section'

const TONES = {
  waiting: 'info',
  sending: 'info',
  sent: 'ok',
  dropped: 'note',
  failed: 'bad',
  uncertain: 'warn',
} as const satisfies Record<MessageLine['state'], Tone>

/** What the people of an RDV were told, and what became of each message; newest first. */
export function Messages({ lines, zone }: { lines: readonly MessageLine[]; zone: string }) {
  return (
    <Section title="Messages">
      {lines.length === 0 ? (
        <p className="text-ink-soft">Aucun message n’a été envoyé pour ce rendez-vous.</p>
      ) : (
        <ul className="divide-y divide-line">
          {lines.map((line) => (
            <li key={line.id} className="py-3 first:pt-0 last:pb-0">
              <Line line={line} zone={zone} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Line({ line, zone }: { line: MessageLine; zone: string }) {
  const why = whyUnsentWords(line)
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-semibold">
          {newsWords[line.news]} {channelWords[line.channel]}
        </span>
        <Tag tone={TONES[line.state]}>{messageStateWords[line.state]}</Tag>
      </p>
      <p className="wrap-anywhere text-ink-soft">
        {line.personName}, {line.channel === 'sms' ? formatPhone(line.recipient) : line.recipient},{' '}
        <time dateTime={isoOf(line.at)}>{formatDateTime(line.at, zone)}</time>
      </p>
      {line.gateway && (
        <p className="wrap-anywhere text-ink-soft">
          Par {gatewayWords[line.gateway]}
          {line.gatewayReference && `, référence ${line.gatewayReference}`}
        </p>
      )}
      {line.deliveredAt && (
        <p>
          Remis <time dateTime={isoOf(line.deliveredAt)}>{formatDateTime(line.deliveredAt, zone)}</time>
        </p>
      )}
      {why && <p>{why}</p>}
      {line.leavesAt && <p>Part {formatDateTime(line.leavesAt, zone)}.</p>}
    </>
  )
}
