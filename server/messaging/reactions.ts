import type { ParticipationAdded, RdvBooked } from '@/server/booking/events'
import { calendarOf } from '@/server/booking/queries/calendar'
import { findRecipient } from '@/server/booking/queries/recipients'
import { discreet, findRdvByLinkId, linkPathOf, type OwnRdv } from '@/server/booking/queries/usager-rdvs'
import { done } from '@/server/kernel/outcome'
import { inRead, inTransaction, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { sendMail } from '@/server/platform/mail'
import { sendSms } from '@/server/platform/sms'
import { isWorthTelling } from './rules'
import { confirmationMail, confirmationSms, type ConfirmationFacts } from './templates/rdv'

const PLACE_WORDS = {
  public_office: '',
  phone: 'par téléphone',
  home: 'à votre domicile',
  visio: 'par visioconférence',
} as const

function factsOf(own: OwnRdv, linkId: number): ConfirmationFacts {
  const rdv = discreet(own)
  const where = [rdv.placeName, rdv.placeAddress].filter((part) => part !== null).join(', ')
  return {
    startAt: rdv.startAt,
    zone: rdv.zone,
    motifName: rdv.isConfidential ? null : rdv.motifPublicName,
    serviceShortName: rdv.serviceShortName || null,
    placeWords: rdv.locationType === 'public_office' ? where : PLACE_WORDS[rdv.locationType],
    videoUrl: rdv.videoUrl,
    phone: rdv.phone,
    url: `${env().APP_URL.replace(/\/$/, '')}${linkPathOf(linkId)}`,
    instructions: rdv.instructions,
  }
}

/** Tells the person their RDV stands, with the link that shows and cancels it. Nothing once it has begun, or is cancelled. */
export async function onRdvBooked(ctx: Ctx, { payload }: RdvBooked | ParticipationAdded): Promise<void> {
  const found = await inRead(ctx, async (read) => {
    const rdv = await findRdvByLinkId(read, payload.linkId)
    const recipient = rdv && (await findRecipient(read, payload.participationId))
    return rdv && recipient ? { rdv, recipient } : null
  })
  if (!found || !isWorthTelling(found.rdv, found.recipient, ctx.now)) return
  const { rdv, recipient } = found
  const facts = factsOf(rdv, payload.linkId)
  await inTransaction(ctx, async ({ db }) => {
    if (recipient.mobile) await sendSms(db, { to: recipient.mobile, text: confirmationSms(facts) })
    if (recipient.email) {
      await sendMail(db, { to: recipient.email, ...confirmationMail(facts), calendar: calendarOf(rdv).text })
    }
    return done(null)
  })
}
