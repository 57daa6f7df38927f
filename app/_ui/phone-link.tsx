const NO_BREAK = '\u00a0'

/** « 03 21 00 00 00 » from `+33321000000`, overseas prefixes included; anything else is left as it is. */
export function formatPhone(number: string): string {
  const compact = number.replace(/[\s.-]/g, '')
  const national = compact.replace(/^(\+|00)(33|262|590|594|596|508|687|689)0?(?=\d{9}$)/, '0')
  return /^0\d{9}$/.test(national) ? (national.match(/\d{2}/g) ?? []).join(NO_BREAK) : number
}

export function PhoneLink({
  number,
  className = 'link font-semibold whitespace-nowrap',
}: {
  number: string
  className?: string
}) {
  return (
    <a href={`tel:${number.replace(/[\s.-]/g, '')}`} className={className}>
      {formatPhone(number)}
    </a>
  )
}
