import { PhoneScreen } from '@/app/_parts/messages/phone-screen'
import { Tag } from '@/app/_ui/tag'
import { smsSizeWords } from '@/app/_words/wordings'
import type { WordingKey } from '@/server/messaging/rules/standard-wordings'
import { filled, shortestSms, type Wording } from '@/server/messaging/rules/wording'
import type { WordingSample, WordingSheet } from '@/server/messaging/rules/wording-views'

export type PreviewFacts = Pick<WordingSheet, 'smsSender' | 'prefix' | 'mailSender' | 'smsPriceMillis'>
type Props = { wording: Wording; sample: WordingSample; facts: PreviewFacts }

/** A message as it would leave, for an RDV that might be. */
export const Preview = ({ channel, ...props }: Props & Pick<WordingKey, 'channel'>) =>
  channel === 'sms' ? <SmsPreview {...props} /> : <MailPreview {...props} />

function SmsPreview({ wording: { body }, sample, facts }: Props) {
  const { text, size } = shortestSms(body, sample.ways, facts.prefix)
  return (
    <PhoneScreen
      sender={facts.smsSender}
      footer={
        <>
          <p>{smsSizeWords(size, facts.smsPriceMillis)}</p>
          {size.segments > 1 && <Tag tone="warn">Plus d’un SMS</Tag>}
          {size.alphabet === 'ucs2' && (
            <p>Un signe de ce texte n’existe pas dans un SMS ordinaire{'\u00a0'}: il n’en tient alors que 70.</p>
          )}
        </>
      }
    >
      <p className="break-words whitespace-pre-wrap">
        {facts.prefix}
        {text}
      </p>
    </PhoneScreen>
  )
}

function MailPreview({ wording: { subject, body }, sample: { ways, heading, lines, link }, facts }: Props) {
  const values = ways[0] ?? {}
  return (
    <div className="overflow-hidden rounded-card border border-line bg-card shadow-card">
      <div className="space-y-0.5 border-b border-line px-4 py-3">
        <p className="text-ink-soft">{facts.mailSender}</p>
        <p className="font-bold">
          {facts.prefix}
          {filled(subject ?? '', values)}
        </p>
      </div>
      <div className="space-y-3 px-4 py-4">
        <p className="text-lg font-bold">{heading}</p>
        {filled(body, values)
          .split(/\n{2,}/)
          .map((paragraph, index) => (
            <p key={index} className="whitespace-pre-line">
              {paragraph}
            </p>
          ))}
        <dl className="space-y-1">
          {lines.map(([name, value]) => (
            <div key={name} className="flex gap-3">
              <dt className="w-24 shrink-0 text-ink-soft">{name}</dt>
              <dd className="min-w-0">{value}</dd>
            </div>
          ))}
        </dl>
        <p className="inline-block rounded-card bg-accent px-4 py-2.5 font-bold text-white">{link}</p>
      </div>
    </div>
  )
}
