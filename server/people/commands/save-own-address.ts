import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { usagerChanged } from '../events'
import { readAccountSight, type UsagerCtx } from '../queries/account-files'
import { postalOf, type OwnAddressRefusal } from '../rules/account-files'
import { addressField } from '../rules/fields'
import type { SaveOwnAddress } from '../schema'
import { setOwnAddress } from '../store'

/**
 * A person says where they live, for one of their files, as an agent would on it (domain §8.4): on one line, from the version
 * they saw. A file that is not theirs, or that shares its contact with somebody else's, is not found.
 */
export const saveOwnAddress = (ctx: UsagerCtx, input: SaveOwnAddress): Promise<Outcome<null, OwnAddressRefusal>> =>
  inTransaction<null, OwnAddressRefusal>(ctx, async (tx) => {
    const { account, candidates, files } = await readAccountSight(tx, ctx.actor)
    const file = found(files.find(({ id }) => id === input.usagerId))
    const seen = found(postalOf(account, candidates, file))
    if (seen.version !== input.version) return refused('changed-meanwhile')
    const typed = addressField(input.address.trim())
    const address = typed.ok ? typed.value : ''
    if (address === seen.address) return done(null)
    const isSaved = await setOwnAddress(tx, { id: file.id, version: input.version }, address === '' ? null : address)
    if (!isSaved) return refused('changed-meanwhile')
    await tx.emit(usagerChanged(file, ['address'], []))
    return done(null)
  })
