import { PhoneLink } from '@/app/_ui/phone-link'
import type { ContactLine } from '@/server/booking/rules/contacts'

const LINK = 'link inline-flex min-h-11 items-center font-semibold'

/** A number to call or an address to write to. */
export function ContactLink({ contact: { kind, value } }: { contact: ContactLine }) {
  if (kind === 'phone') return <PhoneLink number={value} className={`${LINK} whitespace-nowrap`} />
  return (
    <a href={`mailto:${value}`} className={`${LINK} break-all`}>
      {value}
    </a>
  )
}
