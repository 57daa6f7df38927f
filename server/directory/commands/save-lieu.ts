import { AppError } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { parsePhone } from '@/server/platform/phone'
import { violatedConstraint } from '@/server/platform/sql'
import { lieuSaved } from '../events/catalogue'
import { findConfigurable } from '../queries/catalogue'
import { lockLieu } from '../queries/locked'
import { changesBetween, type LieuRefusal } from '../rules/motif-settings'
import type { SaveLieu } from '../schema/catalogue'
import * as store from '../store/catalogue'

type Saved = Outcome<{ lieuId: number }, Exclude<LieuRefusal, 'lieu-used'> | 'phone-unknown'>

/**
 * Creates a lieu or changes one (domain §1.10). An address the address service does not know is kept as typed, without
 * coordinates. Beyond reach is not found.
 */
export async function saveLieu(ctx: Ctx, input: SaveLieu): Promise<Saved> {
  try {
    return await save(ctx, input)
  } catch (error) {
    if (violatedConstraint(error) === 'lieux_name_unique') return refused('name-taken')
    throw error
  }
}

/** « 3949 »: four digits that every French phone knows. */
const isShortNumber = (typed: string): boolean => /^\d{4}$/.test(typed.replace(/\s/gu, ''))

const save = (ctx: Ctx, { organisationId, lieuId, version, settings }: SaveLieu): Promise<Saved> =>
  inTransaction(ctx, async (tx): Promise<Saved> => {
    const organisation = await findConfigurable(tx, organisationId)
    const { position, phone: typed, ...given } = settings
    const phone = isShortNumber(typed) ? null : parsePhone(typed)
    if (typed !== '' && !isShortNumber(typed) && !phone) return refused('phone-unknown')
    const columns = {
      ...given,
      cityCode: position?.cityCode ?? null,
      latitude: position?.latitude ?? null,
      longitude: position?.longitude ?? null,
      phone: typed || null,
      phoneE164: phone?.e164 ?? null,
    }
    if (lieuId === null) {
      const id = await store.insertLieu(tx, organisation, columns)
      await tx.emit(lieuSaved({ ...organisation, id }, true, changesBetween({}, columns)))
      return done({ lieuId: id })
    }
    const { subject, columns: before } = await lockLieu(tx, lieuId)
    if (subject.organisationId !== organisationId) throw new AppError('not-found')
    if (subject.version !== version) return refused('changed-meanwhile')
    const values = changesBetween(before, columns)
    if (values.length === 0) return done({ lieuId })
    await store.updateLieu(tx, lieuId, columns)
    await tx.emit(lieuSaved(subject, false, values))
    return done({ lieuId })
  })
