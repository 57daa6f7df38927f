import type { ReactNode } from 'react'
import { AddressLink } from '@/app/_parts/booking/agent/address-link.client'
import { ContactLink } from '@/app/_parts/booking/agent/contact-link'
import { CopyButton } from '@/app/_parts/people/copy-button.client'
import { formatPhone } from '@/app/_ui/phone-link'
import { Fact, Section } from '@/app/_ui/section'
import { nameWords } from '@/app/_words/agent'
import { shownAddress } from '@/server/people/rules/usager-file'
import type { UsagerSheet } from '@/server/people/rules/usager-sheet'

type Reached = { phone: string | null; email: string | null; address: string | null }

/** How to reach somebody: by their own contacts, and their responsable's for a proche. */
export function Contacts({ sheet }: { sheet: UsagerSheet }) {
  const { responsible } = sheet
  const own: Reached = {
    phone: sheet.phoneE164 ?? sheet.phone,
    email: sheet.email,
    address: shownAddress(sheet) || null,
  }
  const hasOwn = Object.values(own).some((contact) => contact !== null)
  return (
    <Section title="Coordonnées">
      <div className="space-y-5">
        {(hasOwn || !responsible) && <Facts of={own} />}
        {responsible && (
          <div className="space-y-2">
            <p className="text-ink-soft">
              {`Par le responsable\u00a0: `}
              <span className="font-semibold text-ink">{nameWords(responsible)}</span>
            </p>
            <Facts of={responsible} />
          </div>
        )}
        {!responsible && <p className="text-ink-soft">{consentWords(sheet)}</p>}
      </div>
    </Section>
  )
}

function Facts({ of: { phone, email, address } }: { of: Reached }) {
  if (phone === null && email === null && address === null)
    return <p className="text-ink-soft">Ni téléphone, ni e-mail, ni adresse.</p>
  return (
    <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
      {phone !== null && (
        <Fact name="Téléphone">
          <Copied text={formatPhone(phone)} name="le numéro">
            <ContactLink contact={{ kind: 'phone', value: phone, from: null }} />
          </Copied>
        </Fact>
      )}
      {email !== null && (
        <Fact name="Adresse e-mail">
          <Copied text={email} name="l’adresse e-mail">
            <ContactLink contact={{ kind: 'email', value: email, from: null }} />
          </Copied>
        </Fact>
      )}
      {address !== null && (
        <Fact name="Adresse" isWide>
          <AddressLink address={address} />
        </Fact>
      )}
    </dl>
  )
}

function Copied({ text, name, children }: { text: string; name: string; children: ReactNode }) {
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      {children}
      <CopyButton text={text.replaceAll('\u00a0', ' ')} name={name} />
    </span>
  )
}

function consentWords({ notifyBySms, notifyByEmail }: UsagerSheet): string {
  const said = (isTaken: boolean) => (isTaken ? 'oui' : 'non')
  return `Messages acceptés\u00a0: SMS ${said(notifyBySms)}, e-mails ${said(notifyByEmail)}.`
}
