import Link from 'next/link'
import { capitalise } from '@/app/_lib/dates'
import { AddressLink } from '@/app/_parts/booking/agent/address-link.client'
import { ContactLink } from '@/app/_parts/booking/agent/contact-link'
import { StatusTag } from '@/app/_parts/booking/agent/status-tag'
import { NeedsLines } from '@/app/_parts/people/needs-lines'
import { Tag } from '@/app/_ui/tag'
import { bornWords, contactFromWords, nameWords } from '@/app/_words/agent'
import type { AgentRdvPage, PersonOnRdv, Reachable } from '@/server/booking/rules/agent-views'
import { contactLines, type ContactLine } from '@/server/booking/rules/contacts'
import { Section } from '@/app/_ui/section'

/** Who comes, and how to reach them. */
export function People({ rdv }: { rdv: AgentRdvPage }) {
  const title = rdv.isCollective ? 'Inscrits' : rdv.people.length > 1 ? 'Usagers' : 'Usager'
  return (
    <Section title={title}>
      {rdv.people.length === 0 ? (
        <p className="text-ink-soft">Personne n’est inscrit pour l’instant.</p>
      ) : (
        <ul className="divide-y divide-line">
          {rdv.people.map((person) => (
            <li key={person.participationId} className="py-3 first:pt-0 last:pb-0">
              <Person person={person} rdv={rdv} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Person({ person, rdv }: { person: PersonOnRdv; rdv: AgentRdvPage }) {
  const { responsible } = person
  const file = rdv.files.find(({ usagerId }) => usagerId === person.usagerId)
  const hasOwn = contactLines(person).length > 0
  const isThere = rdv.locationType === 'home' && !rdv.isCollective // said with the RDV's place
  return (
    <div className="grid gap-x-6 sm:grid-cols-2">
      <div className="space-y-1">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {file ? (
            <Link
              href={`/agent/usagers/${file.usagerId}`}
              prefetch={false}
              className="link -mt-2 inline-flex min-h-11 items-center text-[1.0625rem] font-bold"
            >
              {nameWords(person)}
            </Link>
          ) : (
            <span className="text-[1.0625rem] font-bold">{nameWords(person)}</span>
          )}
          {rdv.isCollective && person.status !== rdv.status && (
            <StatusTag rdv={{ ...rdv, status: person.status, isCollective: false }} />
          )}
        </p>
        {person.bornOn && <p className="text-ink-soft">{bornWords(person.bornOn)}</p>}
        {person.isMaybeDouble && <Tag tone="warn">Fiche peut-être en double</Tag>}
        {file && <NeedsLines needs={file} />}
        {person.address && !isThere && <AddressLink address={person.address} />}
      </div>
      <div>
        {!responsible?.given && <Contacts of={person} />}
        {responsible && (
          <>
            <p className="text-ink-soft">
              {'Responsable\u00a0: '}
              <span className="font-semibold text-ink">{nameWords(responsible)}</span>
            </p>
            <Contacts of={responsible} />
          </>
        )}
        {responsible?.given && hasOwn && (
          <>
            <p className="text-ink-soft">{nameWords(person)}</p>
            <Contacts of={person} />
          </>
        )}
        {!responsible && !hasOwn && <p className="text-ink-soft">Aucun contact connu.</p>}
      </div>
    </div>
  )
}

function Contacts({ of: somebody }: { of: Reachable }) {
  const lines = contactLines(somebody)
  const [first, older] = [lines.filter(({ from }) => from !== 'file'), lines.filter(({ from }) => from === 'file')]
  return (
    <>
      {first.some(({ from }) => from === 'rdv') && <p className="text-ink-soft">{capitalise(contactFromWords.rdv)}</p>}
      <Links contacts={first} />
      {older.length > 0 && <p className="text-ink-soft">{capitalise(contactFromWords.file)}</p>}
      <Links contacts={older} />
    </>
  )
}

function Links({ contacts }: { contacts: readonly ContactLine[] }) {
  if (contacts.length === 0) return null
  return (
    <p className="flex flex-wrap gap-x-5">
      {contacts.map((contact) => (
        <ContactLink key={contact.kind} contact={contact} />
      ))}
    </p>
  )
}
