import type { Contact } from '@/server/access/rules/accounts'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { usagerChanged } from '../events'
import type { CarriedContact } from '../rules/account-files'
import { setOwnContact } from '../store'

/** These files are reached here from now on. `email-taken`: a file of one territory has this e-mail already. */
export async function moveContact(
  ctx: Ctx,
  { files, contact }: { files: readonly (CarriedContact & { territoryId: number })[]; contact: Contact },
): Promise<Outcome<null, 'email-taken'>> {
  try {
    return await inTransaction<null, 'email-taken'>(ctx, async (tx) => {
      await setOwnContact(tx, files, contact)
      await Promise.all(files.map((file) => tx.emit(usagerChanged(file, [contact.kind], []))))
      return done(null)
    })
  } catch (error) {
    if (violatedConstraint(error) === 'usagers_email_unique') return refused('email-taken')
    throw error
  }
}
