import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { motifs } from '@/db/schema'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { motifSaved } from '../events/catalogue'
import { findConfigurable } from '../queries/catalogue'
import { MOTIF_COLUMNS, SETTINGS_COLUMNS } from '../queries/motif-columns'
import { changesBetween, isOpeningOffered, settingsFaults, type SettingsFault } from '../rules/motif-settings'
import type { ChangeMotifs } from '../schema/catalogue'
import * as store from '../store/catalogue'

export type BulkResult = {
  readonly motifId: number
  readonly name: string
  /** Null: it has the value now. */
  readonly reason: SettingsFault | 'not-for-this-organisation' | null
}

/** Gives several motifs of an organisation one value; each that it does not suit keeps its own, and says why. */
export const changeMotifs = (
  ctx: Ctx,
  { organisationId, motifIds, change }: ChangeMotifs,
): Promise<Outcome<{ results: BulkResult[] }, never>> =>
  inTransaction(ctx, async (tx) => {
    const { verticale } = await findConfigurable(tx, organisationId)
    const rows = await tx.db
      .select({ subject: MOTIF_COLUMNS, settings: SETTINGS_COLUMNS })
      .from(motifs)
      .where(and(inArray(motifs.id, motifIds), eq(motifs.organisationId, organisationId), isNull(motifs.deletedAt)))
      // In one order: two admins at once wait for each other, and never both.
      .orderBy(asc(motifs.id))
      .for('no key update')
    const isOffered = change.field !== 'bookableBy' || isOpeningOffered(change.to, verticale)
    const to = { [change.field]: change.to }
    const isLead = change.field === 'minLeadMin' || change.field === 'maxLeadMin'
    const judged = rows.map(({ subject, settings }) => {
      const { minLeadMin, maxLeadMin } = settingsFaults({ ...settings, ...to })
      const lead = (isLead ? (minLeadMin ?? maxLeadMin) : null) ?? null
      const reason: BulkResult['reason'] = isOffered ? lead : 'not-for-this-organisation'
      return { subject, reason, values: reason === null ? changesBetween(settings, to) : [] }
    })
    const changed = judged.filter(({ values }) => values.length > 0)
    if (changed.length > 0) {
      await store.updateMotifs(
        tx,
        changed.map(({ subject }) => subject.id),
        to,
      )
    }
    await Promise.all(changed.map(({ subject, values }) => tx.emit(motifSaved(subject, false, values))))
    const results = judged.map(({ subject, reason }) => ({ motifId: subject.id, name: subject.name, reason }))
    return done({ results })
  })
