import type { Contact } from '@/server/access/rules/accounts'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { usagerChanged, usagerEmailTakenOff } from '../events'
import { listTypedElsewhere } from '../queries/account-files'
import type { CarriedContact } from '../rules/account-files'
import { setOwnContact, takeTypedEmail } from '../store'

type Move = {
  files: readonly (CarriedContact & { territoryId: number })[]
  contact: Contact
  /** Whose person has just proven it. */
  accountId: number
}

/**
 * These files are reached here from now on. An e-mail goes to one file of a territory: off another, where it was only typed,
 * it is taken. `email-taken`: a file of one territory has it already, and somebody vouches for it there.
 */
export async function moveContact(ctx: Ctx, move: Move): Promise<Outcome<null, 'email-taken'>> {
  const { files, contact } = move
  try {
    return await inTransaction<null, 'email-taken'>(ctx, async (tx) => {
      await takeOffOthers(tx, move)
      await setOwnContact(tx, files, contact)
      await Promise.all(files.map((file) => tx.emit(usagerChanged(file, [contact.kind], []))))
      return done(null)
    })
  } catch (error) {
    if (violatedConstraint(error) === 'usagers_email_unique') return refused('email-taken')
    throw error
  }
}

async function takeOffOthers(tx: TxCtx, { files, contact, accountId }: Move): Promise<void> {
  if (contact.kind === 'phone') return
  const { email } = contact
  const others = await listTypedElsewhere(tx, { files, email, accountId })
  if (others.length === 0) return
  const takenOff = await takeTypedEmail(
    tx,
    others.map(({ id }) => id),
    email,
  )
  await Promise.all(others.filter(({ id }) => takenOff.includes(id)).map((file) => tx.emit(usagerEmailTakenOff(file))))
}
