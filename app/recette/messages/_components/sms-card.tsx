import { formatDateTime, isoOf } from '@/app/_lib/dates'
import { PhoneScreen } from '@/app/_parts/messages/phone-screen'
import { smsSizeWords } from '@/app/_words/wordings'
import { smsSizeOf } from '@/server/kernel/sms-text'
import { LinkedText } from './linked-text'
import { MaskedText } from './masked-text'
import type { Message } from './message'

/** As it would stand on the screen of a phone. */
export function SmsCard({ sms }: { sms: Message }) {
  const under = (
    <>
      <p className="text-ink-soft">à {sms.recipient}</p>
      <time dateTime={isoOf(sms.createdAt)} className="block text-ink-soft">
        {formatDateTime(sms.createdAt, 'Europe/Paris')}
      </time>
    </>
  )
  return (
    <article aria-label={`SMS à ${sms.recipient}`}>
      <PhoneScreen
        sender={sms.sender}
        under={under}
        footer={sms.text !== null && <p>{smsSizeWords(smsSizeOf(sms.text), null)}</p>}
      >
        {sms.text === null ? <MaskedText /> : <LinkedText>{sms.text}</LinkedText>}
      </PhoneScreen>
    </article>
  )
}
