import { sql } from 'drizzle-orm'
import type { Actor } from '@/server/kernel/actor'
import { AppError } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { motifSaved } from '../events/catalogue'
import { findConfigurable } from '../queries/catalogue'
import { isEverBooked, lockMotif } from '../queries/locked'
import { changesBetween, isOpeningOffered, type MotifRefusal, type MotifSettings } from '../rules/motif-settings'
import type { SaveMotif } from '../schema/catalogue'
import * as store from '../store/catalogue'

type Saved = Outcome<{ motifId: number }, MotifRefusal>

/**
 * Creates a motif or changes one (domain §1.9). Its type, whether it is collective and its service stay as they are once an
 * RDV was taken, and nobody beyond the service opens what was confidential (house §10.8); who saves what was read before somebody else's change is told. Beyond reach is not found.
 */
export async function saveMotif(ctx: Ctx, input: SaveMotif): Promise<Saved> {
  try {
    return await save(ctx, input)
  } catch (error) {
    if (violatedConstraint(error) === 'motifs_name_unique') return refused('name-taken')
    throw error
  }
}

const save = (ctx: Ctx, { organisationId, motifId, version, settings }: SaveMotif): Promise<Saved> =>
  inTransaction(ctx, async (tx): Promise<Saved> => {
    const organisation = await findConfigurable(tx, organisationId)
    if (!isOpeningOffered(settings.bookableBy, organisation.verticale)) return refused('not-for-this-organisation')
    if (!(await isCategoryKnown(tx, settings))) throw new AppError('invalid')
    if (motifId === null) {
      if (!(await isServiceOffered(tx, organisation.territoryId, settings))) return refused('service-not-offered')
      const id = (await store.insertMotifs(tx, [organisation], settings)).get(organisationId)
      if (id === undefined) return refused('name-taken')
      await tx.emit(motifSaved({ ...organisation, id }, true, changesBetween({}, settings)))
      return done({ motifId: id })
    }
    const { subject, settings: before } = await lockMotif(tx, motifId)
    if (subject.organisationId !== organisationId) throw new AppError('not-found')
    if (subject.version !== version) return refused('changed-meanwhile')
    const isOther = settings.serviceId !== before.serviceId
    if (isOther && !(await isServiceOffered(tx, subject.territoryId, settings))) return refused('service-not-offered')
    const frozen = whyFrozen(tx.actor, before, settings)
    if (frozen && (await isEverBooked(tx, motifId))) return refused(frozen)
    const values = changesBetween(before, settings)
    if (values.length === 0) return done({ motifId })
    await store.updateMotifs(tx, [motifId], settings)
    await tx.emit(motifSaved(subject, false, values))
    return done({ motifId })
  })

/** What of the change is refused once an RDV was taken: past RDVs would open to whom they did not. */
function whyFrozen(actor: Actor, from: MotifSettings, to: MotifSettings): MotifRefusal | null {
  if (to.locationType !== from.locationType || to.isCollective !== from.isCollective) return 'kind-frozen'
  if (to.serviceId !== from.serviceId) return 'service-frozen'
  const isWithin = actor.kind === 'agent' && actor.serviceIds.includes(from.serviceId)
  return from.isConfidential && !to.isConfidential && !isWithin ? 'confidentiality-frozen' : null
}

async function isServiceOffered({ db }: TxCtx, territoryId: number, { serviceId }: MotifSettings): Promise<boolean> {
  const [row] = await db.execute<{ is: boolean }>(sql`
    select exists (select from territory_services where territory_id = ${territoryId} and service_id = ${serviceId}) as is`)
  return row?.is ?? false
}

/** Categories are everybody's, and none is ever taken away: a form of ours names no other. */
async function isCategoryKnown({ db }: TxCtx, { categoryId }: MotifSettings): Promise<boolean> {
  if (categoryId === null) return true
  const rows = await db.execute(sql`select from motif_categories where id = ${categoryId}`)
  return rows.length > 0
}
