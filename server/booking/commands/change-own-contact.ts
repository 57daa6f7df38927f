import { askContactChange } from '@/server/access/commands/ask-challenge'
import { proveContact } from '@/server/access/commands/prove-contact'
import { tryCode } from '@/server/access/commands/sign-in-person'
import { findAccount, findAccountLink } from '@/server/access/queries/accounts'
import type { Contact } from '@/server/access/rules/accounts'
import { found } from '@/server/kernel/errors'
import { certain, done, refused, type Outcome } from '@/server/kernel/outcome'
import { moveContact } from '@/server/people/commands/move-contact'
import { filesToCarry, WHICH_PERSON, type UsagerCtx } from '@/server/people/queries/account-files'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { isFrench, parsePhone } from '@/server/platform/phone'
import { rdvsReaddressed } from '../events'
import type { AskOwnContact, ConfirmOwnEmail, ConfirmOwnPhone } from '../schema/account'
import { moveParticipationContacts } from '../store/contacts'
import { endWaits } from './end-waits'

type NotChanged = 'too-late' | 'email-taken' | typeof WHICH_PERSON
/** `isEverywhere`: no file of theirs still sends their messages where they were. */
type Done = { isEverywhere: boolean }
type Changed = Outcome<Done, NotChanged | 'wrong-code' | 'elsewhere'>

/**
 * Asks for the code, or the link, that proves a new contact: nothing changes until then. A foreign number is for an agent to
 * write: to send codes to any, at the département's cost, is a trade.
 */
export async function askOwnContact(
  ctx: UsagerCtx,
  input: AskOwnContact,
): Promise<Outcome<{ challengeId: number }, 'not-a-phone' | 'not-a-mobile' | 'not-french'>> {
  if (input.kind === 'email') return askContactChange(ctx, input)
  const phone = parsePhone(input.phone)
  if (!phone) return refused('not-a-phone')
  if (!phone.isMobile) return refused('not-a-mobile')
  if (!isFrench(phone.e164)) return refused('not-french')
  return askContactChange(ctx, { kind: 'phone', phoneE164: phone.e164 })
}

/**
 * The code of the new mobile: the account, its person's files and their RDVs to come are reached there from now on. Of a
 * family that shares the old one, only those of whoever says it is theirs: `which-person` until they say.
 */
export async function confirmOwnPhone(
  ctx: UsagerCtx,
  { challengeId, code, usagerId }: ConfirmOwnPhone,
): Promise<Changed> {
  await consume(ctx, LIMITS.codesTriedPerAddress, ctx.clientAddress)
  const { accountId } = ctx.actor
  const tried = await tryCode(ctx, { challengeId, code, accountId })
  if (!tried.ok) return tried
  const { phoneE164 } = tried.value
  return inTransaction<Done, NotChanged>(ctx, (tx) =>
    change(tx, { challengeId, accountId, usagerId: usagerId ?? null, contact: { kind: 'phone', phoneE164 } }),
  )
}

/**
 * The link of the new e-mail, whose page's button was pressed where it was asked for: `elsewhere` in any other browser.
 * Whoever receives a link they did not ask for must not open what is theirs to whoever did.
 */
export async function confirmOwnEmail(ctx: Ctx, { token, usagerId }: ConfirmOwnEmail): Promise<Changed> {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  return inTransaction<Done, NotChanged | 'elsewhere'>(ctx, async (tx) => {
    const link = await findAccountLink(tx, token)
    if (!link || link.accountId === null) return refused('too-late')
    const { challengeId, accountId, email } = link
    if (ctx.actor.kind !== 'usager' || ctx.actor.accountId !== accountId) return refused('elsewhere')
    return change(tx, { challengeId, accountId, usagerId: usagerId ?? null, contact: { kind: 'email', email } })
  })
}

type Proven = { challengeId: number; accountId: number; usagerId: number | null; contact: Contact }

async function change(
  tx: TxCtx,
  { challengeId, accountId, usagerId, contact }: Proven,
): Promise<Outcome<Done, NotChanged>> {
  // Read first: proving it changes what they carried.
  const account = found(await findAccount(tx, accountId))
  const files = await filesToCarry(tx, account, { contact, usagerId })
  if (files === WHICH_PERSON) return refused(WHICH_PERSON)
  const { carried, left } = files
  const proved = await proveContact(tx, { challengeId, accountId, contact })
  if (!proved.ok) return proved
  const moved = await moveContact(tx, { files: carried, contact, accountId })
  if (!moved.ok) return moved
  const held = carried.map(({ id, phoneE164, email }) => ({ id, held: contact.kind === 'phone' ? phoneE164 : email }))
  const theirs = [...held, ...left.map(({ id }) => ({ id, held: null }))]
  const { rdvCount, twinIds } = await moveParticipationContacts(tx, theirs, { contact, account })
  certain(
    await endWaits(
      tx,
      twinIds.map((entryId) => ({ entryId, endedBy: 'over' })),
    ),
  )
  await tx.emit(
    rdvsReaddressed({ kind: 'account', id: accountId, territoryId: null }, { contact: contact.kind, rdvCount }),
  )
  return done({ isEverywhere: left.length === 0 })
}
