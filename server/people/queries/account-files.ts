import { sql, type SQL } from 'drizzle-orm'
import { findAccount, listFamiliesProving, type AccountRow } from '@/server/access/queries/accounts'
import { familyOf, type Contact } from '@/server/access/rules/accounts'
import type { UsagerActor } from '@/server/kernel/actor'
import { AppError } from '@/server/kernel/errors'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { takesSms } from '@/server/platform/phone'
import { idsSql } from '@/server/platform/sql'
import {
  filesOfAccount,
  isForServiceToCheck,
  peopleOf,
  postalOf,
  toCarry,
  type Carriage,
  type ContactFile,
  type OwnContacts,
  type PostalFile,
} from '../rules/account-files'

export type UsagerCtx = Ctx & { readonly actor: UsagerActor }

/** Most files one contact can stand on before we stop looking. */
const MAX_SAME_CONTACT = 100

export type FileOfAccount = ContactFile &
  PostalFile & {
    readonly territoryName: string
    readonly notifyBySms: boolean
    readonly notifyByEmail: boolean
  }

export type AccountSight = {
  readonly account: AccountRow
  /** Every live file that carries a contact of the account, whoever's. */
  readonly candidates: readonly FileOfAccount[]
  /** Those of them that are the person's to see. */
  readonly files: readonly FileOfAccount[]
  /** Those of which they see only what was asked for with what they have proven. */
  readonly partly: readonly FileOfAccount[]
  readonly asksName: boolean
  /** Nothing the person may prove opens those. */
  readonly isForServiceToCheck: boolean
}

/** What an account may see, in whatever territory. Throws `unauthenticated` when it is no more. Two statements. */
export async function readAccountSight(read: ReadCtx, { accountId }: UsagerActor): Promise<AccountSight> {
  const account = await findAccount(read, accountId)
  if (!account) throw new AppError('unauthenticated')
  return sightOf(read, account)
}

/** Whether a code may be sent there. */
const takesCode = (e164: string) => takesSms(e164, false)

/** Alike for all names of one family, and perhaps for others': good for what is read first, not for whose it is. */
const roughly = (lastName: SQL): SQL => sql`regexp_replace(fold(${lastName}), '[^[:alnum:]]', '', 'g')`

async function sightOf(read: ReadCtx, account: AccountRow): Promise<AccountSight> {
  // A hostel's number stands on more files than are read: first those that may be theirs.
  const { family, identity } = account
  const families = [family ?? '', familyOf(identity?.usualLastName ?? '')]
  const candidates = [
    ...(await read.db.execute<FileOfAccount>(sql`
      select u.id::float8 as id, t.id::float8 as "territoryId", t.name as "territoryName", u.first_name as "firstName",
             u.last_name as "lastName", u.born_on as "bornOn", u.phone_e_164 as "phoneE164", u.email,
             u.phone_confirmed as "phoneConfirmed", u.email_confirmed as "emailConfirmed",
             u.notify_by_sms as "notifyBySms", u.notify_by_email as "notifyByEmail",
             u.address, u.city_name as "cityName", u.version
      from usagers u join territories t on t.id = u.territory_id
      where u.deleted_at is null and (u.phone_e_164 = ${account.phoneE164} or u.email in (${account.email}, ${account.identity?.email ?? null}))
      order by ${roughly(sql`u.last_name`)} in (${roughly(sql`${families[0]}`)}, ${roughly(sql`${families[1]}`)}) desc, u.id limit ${MAX_SAME_CONTACT}`)),
  ]
  const { files, partly, asksName } = filesOfAccount(account, candidates)
  const among = (some: readonly ContactFile[]) => candidates.filter(({ id }) => some.some((file) => file.id === id))
  return {
    ...{ account, candidates, files: among(files), partly: among(partly), asksName },
    isForServiceToCheck: isForServiceToCheck(account, partly, takesCode),
  }
}

/** Several share what the account proves, and which one of them this is was not said, or is nobody of them. */
export const WHICH_PERSON = 'which-person'

/**
 * What becomes of the files by a newly proven contact of this account: those of the one person it is of, `usagerId` being any file of theirs.
 * With one person alone there is nothing to say.
 */
export async function filesToCarry(
  read: ReadCtx,
  account: AccountRow,
  { contact, usagerId }: { contact: Contact; usagerId: number | null },
): Promise<Carriage<FileOfAccount> | typeof WHICH_PERSON> {
  const { files: whole, partly } = await sightOf(read, account)
  const people = peopleOf([...whole, ...partly])
  const [only] = people
  if (!only) return { carried: [], left: [] }
  const meant = people.length === 1 ? only : people.find(({ files }) => files.some(({ id }) => id === usagerId))
  return meant ? toCarry(account, meant.files, contact) : WHICH_PERSON
}

/**
 * Other live files of the territories of these, on which this e-mail was typed and nobody vouches for it: neither an agent,
 * nor an account of that family that has proven it too. Those alone that stand in its way.
 */
export async function listTypedElsewhere(
  read: ReadCtx,
  { files, email, accountId }: { files: readonly { id: number }[]; email: string; accountId: number },
): Promise<{ id: number; territoryId: number }[]> {
  const ids = idsSql(files.map(({ id }) => id))
  const [typed, families] = await Promise.all([
    read.db.execute<{ id: number; territoryId: number; lastName: string }>(sql`
      select u.id::float8 as id, u.territory_id::float8 as "territoryId", u.last_name as "lastName"
      from usagers u join usagers theirs on theirs.territory_id = u.territory_id
      where theirs.id = any(${ids}) and theirs.maybe_same_as_id is null and u.id <> all(${ids}) and u.email = ${email}
        and not u.email_confirmed and u.deleted_at is null and u.maybe_same_as_id is null
      order by u.id limit ${MAX_SAME_CONTACT}`),
    listFamiliesProving(read, { contact: { kind: 'email', email }, exceptId: accountId }),
  ])
  return typed.filter(({ lastName }) => !families.includes(null) && !families.includes(familyOf(lastName)))
}

const severalIn = (files: readonly FileOfAccount[]): OwnContacts['people'] => {
  const people = peopleOf(files).map(({ one: { id, firstName, lastName } }) => ({ usagerId: id, firstName, lastName }))
  return people.length > 1 ? people : []
}

/** Where a person is reached, by what they are told of each of their files, and the postal address it holds. */
export const getOwnContacts = (ctx: UsagerCtx): Promise<OwnContacts> =>
  inRead(ctx, async (read) => {
    const { account, candidates, files, partly, ...sight } = await readAccountSight(read, ctx.actor)
    const { phoneE164, email, hasPassword, identity } = account
    return {
      ...{ phoneE164, email, hasPassword, identity },
      ...{ people: severalIn([...files, ...partly]), isPartial: partly.length > 0 },
      isForServiceToCheck: sight.isForServiceToCheck,
      files: files.map((file) => ({
        ...{ usagerId: file.id, firstName: file.firstName, lastName: file.lastName, territoryName: file.territoryName },
        ...{ notifyBySms: file.notifyBySms, notifyByEmail: file.notifyByEmail },
        postal: postalOf(account, candidates, file),
      })),
    }
  })
