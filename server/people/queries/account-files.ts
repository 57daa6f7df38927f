import { sql } from 'drizzle-orm'
import { findAccount, type AccountRow } from '@/server/access/queries/accounts'
import type { UsagerActor } from '@/server/kernel/actor'
import { AppError } from '@/server/kernel/errors'
import type { Ctx, ReadCtx } from '@/server/platform/ctx'
import { filesOfAccount, type ContactFile } from '../rules/account-files'

export type UsagerCtx = Ctx & { readonly actor: UsagerActor }

/** Most files one contact can stand on before we stop looking. */
const MAX_SAME_CONTACT = 100

export type FileOfAccount = ContactFile & { readonly notifyBySms: boolean; readonly notifyByEmail: boolean }

export type AccountSight = {
  readonly account: AccountRow
  /** Every live file that carries a contact of the account, whoever's. */
  readonly candidates: readonly FileOfAccount[]
  /** Those of them that are the person's to see. */
  readonly files: readonly FileOfAccount[]
  readonly asksName: boolean
}

/** What an account may see, in whatever territory. Throws `unauthenticated` when it is no more. Two statements. */
export async function readAccountSight(read: ReadCtx, { accountId }: UsagerActor): Promise<AccountSight> {
  const account = await findAccount(read, accountId)
  if (!account) throw new AppError('unauthenticated')
  const candidates = [
    ...(await read.db.execute<FileOfAccount>(sql`
      select id::float8 as id, territory_id::float8 as "territoryId", first_name as "firstName", last_name as "lastName",
             born_on as "bornOn", phone_e_164 as "phoneE164", email, notify_by_sms as "notifyBySms", notify_by_email as "notifyByEmail"
      from usagers
      where deleted_at is null and (phone_e_164 = ${account.phoneE164} or email = ${account.email})
      order by id limit ${MAX_SAME_CONTACT}`)),
  ]
  const { files, asksName } = filesOfAccount(account, candidates)
  const isTheirs = ({ id }: ContactFile) => files.some((file) => file.id === id)
  return { account, candidates, files: candidates.filter(isTheirs), asksName }
}
