import Link from 'next/link'
import { Icon } from '@/app/_ui/icon'
import { Section } from '@/app/_ui/section'
import { nameWords } from '@/app/_words/agent'
import { birthWords } from '@/app/_words/usager'
import type { UsagerSheet } from '@/server/people/rules/usager-sheet'

const LINK = 'link inline-flex min-h-11 items-center font-semibold'

/** The responsable of a proche, or the proches of a responsable; a family has one level (domain §8.3). */
export function Family({ sheet, today }: { sheet: UsagerSheet; today: string }) {
  const { responsible, relatives } = sheet
  if (responsible)
    return (
      <Section title="Responsable">
        {responsible.isOpen ? (
          <Link href={`/agent/usagers/${responsible.id}`} prefetch={false} className={LINK}>
            {nameWords(responsible)}
          </Link>
        ) : (
          <p className="font-semibold">{nameWords(responsible)}</p>
        )}
      </Section>
    )
  return (
    <Section title="Enfants et proches">
      {relatives.length === 0 ? (
        <p className="text-ink-soft">Aucun proche suivi par vos organisations.</p>
      ) : (
        <ul className="divide-y divide-line">
          {relatives.map((person) => (
            <li key={person.id} className="flex flex-wrap items-center justify-between gap-x-4 py-1">
              <Link href={`/agent/usagers/${person.id}`} prefetch={false} className={LINK}>
                {nameWords(person)}
              </Link>
              {person.bornOn && <span className="text-ink-soft">{birthWords(person.bornOn, today)}</span>}
            </li>
          ))}
        </ul>
      )}
      <p className="no-print mt-2">
        <Link href={`/agent/usagers/${sheet.id}/proche`} prefetch={false} className={`${LINK} gap-2`}>
          <Icon name="plus" className="shrink-0" />
          Ajouter un proche
        </Link>
      </p>
    </Section>
  )
}
