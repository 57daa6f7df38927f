/** What is now and to come, or what is over. */
export function PeriodTabs({ href, isPast }: { href: string; isPast: boolean }) {
  return (
    <nav aria-label="Période" className="flex flex-wrap gap-x-6">
      <Tab href={href} isCurrent={!isPast} words="En cours et à venir" />
      <Tab href={`${href}${href.includes('?') ? '&' : '?'}periode=passees`} isCurrent={isPast} words="Passées" />
    </nav>
  )
}

function Tab({ href, isCurrent, words }: { href: string; isCurrent: boolean; words: string }) {
  return (
    <a
      href={href}
      {...(isCurrent && { 'aria-current': 'page' })}
      className={`link inline-flex min-h-11 items-center ${isCurrent ? 'font-bold' : ''}`}
    >
      {words}
    </a>
  )
}
