import Link from 'next/link'
import type { ReactNode } from 'react'
import { formatDateTime, isoOf } from '@/app/_lib/dates'
import { Icon } from '@/app/_ui/icon'
import type { Tone } from '@/app/_ui/notice'
import { formatPhone } from '@/app/_ui/phone-link'
import { Tag } from '@/app/_ui/tag'
import {
  agentNewsWords,
  channelWords,
  messageStateWords,
  messageWords,
  whyUnsentToAgentWords,
  whyUnsentWords,
} from '@/app/_words/messages'
import { gatewayWords } from '@/app/_words/sms'
import {
  MESSAGES_LISTED,
  type AgentMessageLine,
  type MessageLine,
  type RdvMessages,
} from '@/server/messaging/rules/messages'
import { Section } from '@/app/_ui/section'

const TONES = {
  waiting: 'info',
  sending: 'info',
  sent: 'ok',
  dropped: 'note',
  failed: 'bad',
  uncertain: 'warn',
} as const satisfies Record<MessageLine['state'], Tone>

type Any = MessageLine | AgentMessageLine
type Props = { messages: RdvMessages; rdvId: number; zone: string }

/** What the people of an RDV were told, then its agents, and what became of each message; newest first. */
export function Messages({ messages: { toPeople, toAgents, isCut }, rdvId, zone }: Props) {
  return (
    <Section title="Messages">
      {toPeople.length === 0 ? (
        <p className="text-ink-soft">Aucun message n’a été envoyé à l’usager pour ce rendez-vous.</p>
      ) : (
        <Lines>
          {toPeople.map((line) => (
            <Line key={line.id} line={line} words={messageWords[line.news]} why={whyUnsentWords(line)} zone={zone} />
          ))}
        </Lines>
      )}
      {toAgents.length > 0 && (
        <details className="mt-3 border-t border-line pt-1">
          <summary className="link inline-flex min-h-11 cursor-pointer items-center gap-2 font-semibold">
            <Icon name="people" className="shrink-0" />
            Messages aux agents ({isCut && toAgents.length === MESSAGES_LISTED ? 'plus de ' : ''}
            {toAgents.length})
          </summary>
          <div className="mt-1">
            <Lines>
              {toAgents.map((line) => (
                <Line
                  key={line.id}
                  line={line}
                  words={agentNewsWords[line.news]}
                  why={whyUnsentToAgentWords(line)}
                  zone={zone}
                />
              ))}
            </Lines>
          </div>
        </details>
      )}
      {isCut && (
        <p className="mt-2">
          <Link
            href={`/agent/rdvs/${String(rdvId)}?messages=tous`}
            prefetch={false}
            className="link inline-flex min-h-11 items-center"
          >
            Voir aussi les messages plus anciens
          </Link>
        </p>
      )}
    </Section>
  )
}

const Lines = ({ children }: { children: ReactNode }) => <ul className="divide-y divide-line">{children}</ul>

function Line({ line, words, why, zone }: { line: Any; words: string; why: string | null; zone: string }) {
  return (
    <li className="py-3 first:pt-0 last:pb-0">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-semibold">
          {words} {channelWords[line.channel]}
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
    </li>
  )
}
