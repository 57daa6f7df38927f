import { sql } from 'drizzle-orm'
import { mayAdministerTerritory } from '@/server/access/policy'
import { DEFAULT_SMS_SENDER } from '@/server/kernel/gateways'
import { AppError, found } from '@/server/kernel/errors'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { senderName } from '@/server/platform/mail'
import { prefixed } from '@/server/platform/outgoing'
import { sayableWording, type ConfidentialMotif } from '../rules/naming'
import { isOfPlanning, keyOfWording, nameOfWording, standardWording, type WordingKey } from '../rules/standard-wordings'
import type { Wording } from '../rules/wording'
import type { WordingSheet, WordingSource } from '../rules/wording-views'
import type { AskedWording } from '../schema'
import { samplesFor } from './wording-samples'

/** Who an RDV's e-mails are from and where they are answered, as its territory says; null: as the platform says. */
export type MailIdentity = { senderName: string | null; replyTo: string | null }

/** Of a motif `m` and its service `s`. */
const CONFIDENTIAL_NAMES = sql`array_remove(array[m.name, m.public_name, m.sms_label, s.name, s.short_name], null)`

/** `motifId` null: of none, as what an agent is told of their planning. */
type About = { rdvId: number } | { territoryId: number; motifId: number | null }

/**
 * The words for an RDV, or a slot of a motif, at this moment: the motif's, its territory's, or the standard ones; and who says
 * them. Words that name what a confidential motif is about give way to the next.
 */
export async function loadWording(
  { db }: ReadCtx,
  about: About,
  key: WordingKey,
): Promise<{ wording: Wording; from: MailIdentity }> {
  const which =
    'rdvId' in about
      ? sql`(select territory_id, motif_id from rdvs where id = ${about.rdvId})`
      : sql`(select ${about.territoryId}::bigint as territory_id, ${about.motifId}::bigint as motif_id)`
  const [row] = await db.execute<{ own: Wording[]; names: string[] } & MailIdentity>(sql`
    select t.mail_sender_name as "senderName", t.mail_reply_to as "replyTo",
           (select coalesce(json_agg(json_build_object('subject', w.subject, 'body', w.body) order by w.motif_id nulls last), '[]')
             from message_wordings w
             where w.territory_id = r.territory_id and (w.motif_id = r.motif_id or w.motif_id is null)
               and w.audience = ${key.audience} and w.news = ${key.news} and w.channel = ${key.channel}
             ) as own,
           (select ${CONFIDENTIAL_NAMES} from motifs m join services s on s.id = m.service_id
             where m.id = r.motif_id and m.is_confidential) as names
    from ${which} r join territories t on t.id = r.territory_id`)
  return {
    wording: sayableWording(key, row?.own ?? [], row?.names ?? []),
    from: { senderName: row?.senderName ?? null, replyTo: row?.replyTo ?? null },
  }
}

/** Whether this motif is one a territory offers. */
export async function isMotifOf(
  { db }: ReadCtx,
  { territoryId, motifId }: { territoryId: number; motifId: number },
): Promise<boolean> {
  const rows = await db.execute(
    sql`select from motifs where id = ${motifId} and territory_id = ${territoryId} and deleted_at is null`,
  )
  return rows.length > 0
}

/** What no message of a confidential motif says: its names and those of its service. None of another motif. */
export async function listConfidentialNames(
  { db }: ReadCtx,
  { territoryId, motifId }: { territoryId: number; motifId: number },
): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(sql`
    select unnest(${CONFIDENTIAL_NAMES}) as name
    from motifs m join services s on s.id = m.service_id
    where m.id = ${motifId} and m.territory_id = ${territoryId} and m.is_confidential`)
  return rows.map(({ name }) => name)
}

/** What a territory, or one of its motifs, says in its own words: by the name of each, whose they are. For its admins. */
export async function listOwnWordings(
  ctx: Ctx,
  { territoryId, motifId }: { territoryId: number; motifId: number | null },
): Promise<Readonly<Record<string, Exclude<WordingSource, 'standard'>>>> {
  if (!mayAdministerTerritory(ctx.actor, territoryId)) throw new AppError('not-found')
  return inRead(ctx, async (read) => {
    if (motifId !== null && !(await isMotifOf(read, { territoryId, motifId }))) throw new AppError('not-found')
    const rows = await read.db.execute<{ name: string; isOfMotif: boolean }>(sql`
      select concat_ws('-', audience, news, channel) as name, motif_id is not null as "isOfMotif" from message_wordings
      where territory_id = ${territoryId} and (motif_id is null or motif_id = ${motifId})
      order by motif_id nulls first`)
    // A motif's come after, in the place of its territory's.
    return Object.fromEntries(
      rows.flatMap(({ name, isOfMotif }) =>
        keyOfWording(name) ? [[name, isOfMotif ? ('motif' as const) : ('territory' as const)]] : [],
      ),
    )
  })
}

/** Motifs of a territory that have words of their own, for its admins. */
export async function listMotifsWithWordings(
  ctx: Ctx,
  { territoryId }: { territoryId: number },
): Promise<{ motifId: number; name: string; organisation: string }[]> {
  if (!mayAdministerTerritory(ctx.actor, territoryId)) throw new AppError('not-found')
  const rows = await inRead(ctx, ({ db }) =>
    db.execute<{ motifId: number; name: string; organisation: string }>(sql`
      select m.id::float8 as "motifId", m.name, o.name as organisation
      from motifs m join organisations o on o.id = m.organisation_id
      where m.territory_id = ${territoryId} and m.deleted_at is null
        and exists (select from message_wordings w where w.territory_id = m.territory_id and w.motif_id = m.id)
      order by m.name collate "fr-x-icu", m.id limit 200`),
  )
  return [...rows]
}

/** Far above what a territory keeps to itself. */
const MAX_CONFIDENTIAL = 200

/** This motif when it is confidential; every confidential one of the territory when none is asked for. */
async function listConfidential(
  { db }: ReadCtx,
  { territoryId, motifId }: Pick<AskedWording, 'territoryId' | 'motifId'>,
): Promise<ConfidentialMotif[]> {
  const rows = await db.execute<{ name: string; names: string[] }>(sql`
    select m.name, ${CONFIDENTIAL_NAMES} as names from motifs m join services s on s.id = m.service_id
    where m.territory_id = ${territoryId} and m.is_confidential and m.deleted_at is null
      and (${motifId}::bigint is null or m.id = ${motifId})
    order by m.name collate "fr-x-icu", m.id limit ${MAX_CONFIDENTIAL}`)
  return [...rows]
}

type OwnRow = Wording & { isOfMotif: boolean; seen: string }
type Row = { own: OwnRow[]; motif: WordingSheet['motif']; smsSender: string | null; mailSender: string | null } & Pick<
  WordingSheet,
  'smsPriceMillis'
>

/** One text with what it takes to look at it, for the admins of its territory. Beyond reach is not found. */
export async function getWording(ctx: Ctx, { territoryId, motifId, key }: AskedWording): Promise<WordingSheet> {
  if (!mayAdministerTerritory(ctx.actor, territoryId)) throw new AppError('not-found')
  return inRead(ctx, async (read) => {
    const [row] = await read.db.execute<Row>(sql`
      select t.sms_sender as "smsSender", t.mail_sender_name as "mailSender", t.sms_price_millis as "smsPriceMillis",
             (select json_build_object('name', m.name, 'isConfidential', m.is_confidential) from motifs m
               where m.id = ${motifId} and m.territory_id = t.id and m.deleted_at is null) as motif,
             (select coalesce(json_agg(json_build_object('isOfMotif', w.motif_id is not null, 'subject', w.subject,
                       'body', w.body, 'seen', w.id || '.' || w.version)), '[]') from message_wordings w
               where w.territory_id = t.id and (w.motif_id is null or w.motif_id = ${motifId})
                 and concat_ws('-', w.audience, w.news, w.channel) = ${nameOfWording(key)}) as own
      from territories t where t.id = ${territoryId}`)
    const { own, motif, ...territory } = found(row)
    if (motifId !== null && motif === null) throw new AppError('not-found')
    const [ofMotif, ofTerritory] = [own.find(({ isOfMotif }) => isOfMotif), own.find(({ isOfMotif }) => !isOfMotif)]
    const here = motifId === null ? ofTerritory : ofMotif
    const otherwise = asWording((motifId === null ? undefined : ofTerritory) ?? standardWording(key))
    return {
      seen: here?.seen ?? '',
      source: ofMotif ? 'motif' : ofTerritory ? 'territory' : 'standard',
      wording: here ? asWording(here) : otherwise,
      ...{ otherwise, motif, ...(await samplesFor(read, { territoryId, motifId, key })) },
      // A planning is of no motif.
      confidential: isOfPlanning(key.news) ? [] : await listConfidential(read, { territoryId, motifId }),
      smsSender: territory.smsSender ?? DEFAULT_SMS_SENDER,
      prefix: prefixed(''),
      mailSender: territory.mailSender ?? senderName(),
      smsPriceMillis: territory.smsPriceMillis,
    }
  })
}

const asWording = ({ subject, body }: Wording): Wording => ({ subject, body })
