import { found } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { usagerChanged } from '../events'
import { readAccountSight, type UsagerCtx } from '../queries/account-files'
import type { SaveOwnConsents } from '../schema'
import { setConsents } from '../store'

/** A person says by what they are told, for one of their files. A file that is not theirs is not found. */
export const saveOwnConsents = (ctx: UsagerCtx, input: SaveOwnConsents): Promise<Outcome<null, never>> =>
  inTransaction<null, never>(ctx, async (tx) => {
    const { files } = await readAccountSight(tx, ctx.actor)
    const file = found(files.find(({ id }) => id === input.usagerId))
    const told = (['notifyBySms', 'notifyByEmail'] as const).flatMap((field) =>
      file[field] === input[field] ? [] : { field, from: file[field], to: input[field] },
    )
    if (told.length === 0) return done(null)
    await setConsents(tx, file.id, input)
    await tx.emit(
      usagerChanged(
        file,
        told.map(({ field }) => field),
        told,
      ),
    )
    return done(null)
  })
