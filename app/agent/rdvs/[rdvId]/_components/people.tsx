import { AddressLink } from '@/app/_parts/booking/agent/address-link.client'
import { StatusTag } from '@/app/_parts/booking/agent/status-tag'
import { PhoneLink } from '@/app/_ui/phone-link'
import { Tag } from '@/app/_ui/tag'
import { bornWords, nameWords } from '@/app/_words/agent'
import type { AgentRdv, PersonOnRdv } from '@/server/booking/rules/agent-views'
import { Section } from './fact'

const LINK = 'link inline-flex min-h-11 items-center break-all'

/** Who comes, and how to reach them. */
export function People({ rdv }: { rdv: AgentRdv }) {
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

function Person({ person, rdv }: { person: PersonOnRdv; rdv: AgentRdv }) {
  const { responsible } = person
  const isThere = rdv.locationType === 'home' && !rdv.isCollective // said with the RDV's place
  return (
    <div className="grid gap-x-6 sm:grid-cols-2">
      <div className="space-y-1">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="text-[1.0625rem] font-bold">{nameWords(person)}</span>
          {rdv.isCollective && person.status !== rdv.status && (
            <StatusTag rdv={{ ...rdv, status: person.status, isCollective: false }} />
          )}
        </p>
        {person.bornOn && <p className="text-ink-soft">{bornWords(person.bornOn)}</p>}
        {person.isMaybeDouble && <Tag tone="warn">Fiche peut-être en double</Tag>}
        {person.address && !isThere && <AddressLink address={person.address} />}
      </div>
      <div>
        <Contact phone={person.phone} email={person.email} />
        {responsible && (
          <>
            <p className="text-ink-soft">
              Responsable : <span className="font-semibold text-ink">{nameWords(responsible)}</span>
            </p>
            <Contact phone={responsible.phone} email={responsible.email} />
          </>
        )}
        {!person.phone && !person.email && !responsible && <p className="text-ink-soft">Aucun contact connu.</p>}
      </div>
    </div>
  )
}

function Contact({ phone, email }: { phone: string | null; email: string | null }) {
  return (
    <p className="flex flex-wrap gap-x-5">
      {phone && <PhoneLink number={phone} className={`${LINK} font-semibold whitespace-nowrap`} />}
      {email && (
        <a href={`mailto:${email}`} className={LINK}>
          {email}
        </a>
      )}
    </p>
  )
}
