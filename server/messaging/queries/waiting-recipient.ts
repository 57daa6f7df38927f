import { sql } from 'drizzle-orm'
import { findRecipient, type Recipient } from '@/server/booking/queries/recipients'
import type { Wait } from '@/server/booking/queries/waits'
import type { ReadCtx } from '@/server/platform/ctx'
import { takesSms } from '@/server/platform/phone'
import type { Channel } from '../rules/telling'

/** `toldId`: whose file it is written to. */
export type Reached = Pick<Recipient, 'mobile' | 'email' | 'isOwnEmail'> & { toldId: number }

/**
 * Where somebody who waits is reached: as they would be told of their RDV; who has none, by what they typed when they
 * began to wait, as their file, or their responsable's, consents. Null when the RDV is to be told to nobody.
 */
export async function findWaitingRecipient(read: ReadCtx, wait: Wait): Promise<Reached | null> {
  if (wait.rdv) {
    const recipient = await findRecipient(read, wait.rdv.participationId)
    return recipient?.notifiesLifecycle ? recipient : null
  }
  const [file] = await read.db.execute<FileRow>(sql`
    select told.id::float8 as "toldId", told.notify_by_sms as sms, told.notify_by_email as mail, told.email,
           case when told.phone_confirmed then told.phone_e_164 end as vouched,
           u.responsible_id is not null as "hasResponsible"
    from usagers u join usagers told on told.id = coalesce(u.responsible_id, u.id) where u.id = ${wait.usagerId}`)
  // Of a confidential motif nobody but the person is told (house §10.8), and what was typed is the responsable's.
  if (wait.isConfidential && file?.hasResponsible) return null
  const { contactPhone, contactEmail } = wait
  if (!file) return null
  const isMobile = contactPhone !== null && takesSms(contactPhone, contactPhone === file.vouched)
  return {
    toldId: file.toldId,
    mobile: file.sms && !wait.stopsSms && isMobile ? contactPhone : null,
    email: file.mail ? contactEmail : null,
    isOwnEmail: contactEmail === file.email,
  }
}

type FileRow = {
  toldId: number
  sms: boolean
  mail: boolean
  email: string | null
  vouched: string | null
  hasResponsible: boolean
}

/** What tells them, by every channel that reaches them; empty when none does. */
export async function messagesToWaiting<About extends { entryId: number } | { offerId: number }>(
  read: ReadCtx,
  wait: Wait,
  about: About,
): Promise<(About & { territoryId: number; version: number; channel: Channel; recipient: string })[]> {
  const reached = await findWaitingRecipient(read, wait)
  const line = { ...about, territoryId: wait.territoryId, version: 1 }
  return [
    ...(reached?.mobile ? [{ ...line, channel: 'sms' as const, recipient: reached.mobile }] : []),
    ...(reached?.email ? [{ ...line, channel: 'mail' as const, recipient: reached.email }] : []),
  ]
}
