import { sql } from 'drizzle-orm'
import { readAccountSight, type AccountSight, type UsagerCtx } from '@/server/people/queries/account-files'
import { mayShowConfidential } from '@/server/people/rules/account-files'
import { inIdOrder } from '@/server/kernel/ids'
import { done } from '@/server/kernel/outcome'
import { inRead, inTransaction, type ReadCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import type { AccountRdvs } from '../rules/account-rdvs'
import { isShownSql } from './shown'
import { openMissingLinks } from '../jobs'
import { forUsager, listRdvsOfParticipations } from './usager-rdvs'

const MAX_TO_COME = 100
const MAX_PAST = 50

type Line = { participationId: number; rdvId: number; usagerId: number; isRelative: boolean; isConfidential: boolean }

const idsOf = (files: readonly { id: number }[]) => idsSql(files.map(({ id }) => id))

/** Of these files, and of their proches. */
const isOf = (files: readonly { id: number }[]) =>
  sql`(u.id = any(${idsOf(files)}) or u.responsible_id = any(${idsOf(files)}))`

/**
 * Participations of these files and of their proches: those to come first, the soonest first; the latest of those past. Of
 * files that show in part, those that were given a contact the account has proven: their messages go there already.
 */
async function listLines({ db, now }: ReadCtx, sight: AccountSight, when: 'to-come' | 'past'): Promise<Line[]> {
  const isToCome = when === 'to-come'
  const { files, partly, account } = sight
  const rows = await db.execute<Line>(sql`
    select p.id::float8 as "participationId", r.id::float8 as "rdvId", u.id::float8 as "usagerId", u.responsible_id is not null as "isRelative",
           m.is_confidential as "isConfidential"
    from usagers u
    join participations p on p.usager_id = u.id
    join rdvs r on r.id = p.rdv_id
    join motifs m on m.id = r.motif_id
    where (${isOf(files)} or (${isOf(partly)} and (p.contact_phone = ${account.phoneE164} or p.contact_email = ${account.email})))
      and u.deleted_at is null
      and ${isShownSql} and (r.ends_at > ${instantSql(now)}) = ${isToCome}
    order by case when ${isToCome} then r.starts_at end, r.starts_at desc, p.id
    limit ${isToCome ? MAX_TO_COME : MAX_PAST}`)
  return [...rows]
}

const readAccountRdvs = (ctx: UsagerCtx): Promise<{ rdvs: AccountRdvs; unlinkedIds: number[] }> =>
  inRead(ctx, async (read) => {
    const sight = await readAccountSight(read, ctx.actor)
    const { candidates, files, partly, asksName, account } = sight
    const may = (line: Line) => !line.isConfidential || mayShowConfidential(account, candidates, line)
    const [toCome, past] = [
      (await listLines(read, sight, 'to-come')).filter(may),
      (await listLines(read, sight, 'past')).filter(may),
    ]
    const lines = [...toCome, ...past]
    const own = await listRdvsOfParticipations(
      read,
      lines.map(({ participationId }) => participationId),
    )
    const isLinked = (line: Line) => own.some(({ participationId }) => participationId === line.participationId)
    const told = (line: Line) => {
      const rdv = own.find(({ participationId }) => participationId === line.participationId)
      return rdv ? [{ ...forUsager(rdv, read.now, true), isRelative: line.isRelative }] : []
    }
    const rdvs = {
      ...{ asksName, phoneE164: account.phoneE164, email: account.email },
      provesNothing: account.identity !== null && account.phoneE164 === null && account.email === null,
      isPartial: partly.length > 0,
      isForServiceToCheck: sight.isForServiceToCheck,
      firstNames: [...new Set([...files, ...partly].map(({ firstName }) => firstName))],
      toCome: toCome.flatMap(told),
      past: past.flatMap(told),
    }
    return { rdvs, unlinkedIds: inIdOrder(lines.filter((line) => !isLinked(line)).map(({ rdvId }) => rdvId)) }
  })

/**
 * The RDVs of whoever has an account: theirs and their proches', to come and past, in every territory. Of a confidential
 * motif, only their own, where nobody shares the contact they came in by; named as a page opened by a link names it
 * (house §10.8). Six statements; the first time, a link is opened for each of a former system, that no message told of yet.
 */
export async function listAccountRdvs(ctx: UsagerCtx): Promise<AccountRdvs> {
  const { rdvs, unlinkedIds } = await readAccountRdvs(ctx)
  if (unlinkedIds.length === 0) return rdvs
  await inTransaction(ctx, async (tx) => done(await openMissingLinks(tx, unlinkedIds)))
  return (await readAccountRdvs(ctx)).rdvs
}
