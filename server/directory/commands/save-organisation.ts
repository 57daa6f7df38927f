import { sql } from 'drizzle-orm'
import { openOrganisation } from '@/server/access/commands/join-organisation'
import { mayAdministerTerritory } from '@/server/access/policy'
import { AppError, found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { parsePhone } from '@/server/platform/phone'
import { violatedConstraint } from '@/server/platform/sql'
import { organisationSaved } from '../events/organisations'
import { isShortNumber, type OrganisationRefusal } from '../rules/organisation'
import type { SaveOrganisation } from '../schema/organisations'
import * as store from '../store/organisations'

type Saved = Outcome<{ organisationId: number }, OrganisationRefusal>

/**
 * Creates an organisation, whose creator becomes its admin, or changes one. For the admins of the territory (domain §1.2);
 * two of one name in a territory are refused by the database.
 */
export async function saveOrganisation(ctx: Ctx, input: SaveOrganisation): Promise<Saved> {
  try {
    return await save(ctx, input)
  } catch (error) {
    if (violatedConstraint(error) === 'organisations_name_unique') return refused('name-taken')
    throw error
  }
}

const save = (ctx: Ctx, { territoryId, organisationId, ...card }: SaveOrganisation): Promise<Saved> =>
  inTransaction(ctx, async (tx): Promise<Saved> => {
    const { actor } = tx
    if (actor.kind !== 'agent' || !mayAdministerTerritory(actor, territoryId)) throw new AppError('not-found')
    const isShort = isShortNumber(card.phone)
    const phone = parsePhone(card.phone)
    if (card.phone !== '' && !isShort && !phone) return refused('phone-unknown')
    const columns = {
      name: card.name,
      phone: orNull(isShort ? card.phone.replace(/\s/gu, '') : card.phone),
      phoneE164: isShort ? null : (phone?.e164 ?? null),
      email: orNull(card.email),
      website: orNull(card.website),
      hours: orNull(card.hours),
    }
    if (organisationId === null) {
      const id = await store.insertOrganisation(tx, territoryId, columns)
      const opened = await openOrganisation(tx, { territoryId, organisationId: id }, actor.agentId)
      if (!opened.ok) throw new Error('a new organisation has somebody')
      await tx.emit(organisationSaved({ territoryId, organisationId: id }, true, changes(null, columns)))
      return done({ organisationId: id })
    }
    const before = found(await lockCard(tx, territoryId, organisationId))
    const values = changes(before, columns)
    if (values.length === 0) return done({ organisationId })
    await store.updateOrganisation(tx, organisationId, columns)
    await tx.emit(organisationSaved({ territoryId, organisationId }, false, values))
    return done({ organisationId })
  })

const orNull = (text: string) => (text === '' ? null : text)

async function lockCard({ db }: TxCtx, territoryId: number, organisationId: number) {
  const [row] = await db.execute<store.OrganisationColumns>(sql`
    select name, phone, phone_e_164 as "phoneE164", email, website, hours from organisations
    where id = ${organisationId} and territory_id = ${territoryId} for no key update`)
  return row
}

const FIELDS = ['name', 'phone', 'email', 'website', 'hours'] as const

const changes = (before: store.OrganisationColumns | null, after: store.OrganisationColumns) =>
  FIELDS.filter((field) => (before?.[field] ?? null) !== after[field]).map((field) => ({
    field,
    from: before?.[field] ?? null,
    to: after[field],
  }))
