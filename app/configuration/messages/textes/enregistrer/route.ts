import { saveRoute } from '@/app/_lib/save-route'
import { saveWordingSchema } from '@/server/messaging/schema'
import { textHref, textsHref } from '../_components/addresses'

export const { POST, GET } = saveRoute({
  form: ({ key = '', motifId = '' }) => `texte-${key}-${motifId}`,
  schema: saveWordingSchema,
  read: ({ fields }) => fields,
  save: (caller, _, { territoryId, motifId = '', key = '', seen = '', subject, body = '' }) =>
    caller.messaging.saveWording({
      territoryId: Number(territoryId),
      motifId: motifId === '' ? null : Number(motifId),
      key,
      seen,
      subject,
      body,
    }),
  fieldOf: { 'subject-names-motif': 'subject', 'body-names-motif': 'body' },
  page: (_, { territoryId = '', motifId = '', key = '' }) => textHref({ territoryId, motifId }, key),
  then: (_, __, place) => textsHref(place, { avis: 'enregistre' }),
})
